import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { peopleChangedTopic } from '../../shared/api/names.ts';
import type { Clock } from '../broker/engine/clock.ts';
import { appRoutes } from './app-routes.ts';
import { createAppsSeen } from './apps-seen.ts';
import { askRoutes } from './ask-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { inviteRoutes } from './invite-routes.ts';
import { loginRoutes } from './login-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { pinRoutes } from './pin-routes.ts';
import { isTimeZone } from '../rights/zone.ts';
import { settingsRoutes } from './settings-routes.ts';

export interface PeopleOptions {
  readonly clock: Clock;
}

/** Everything about people and their rights over HTTP; wakes every page when lists of people changed. */
const plugin = async (app: FastifyInstance, { clock }: PeopleOptions): Promise<void> => {
  const { auth, rights, broker, store } = app;
  const wake = (): void => {
    broker
      .publish({ topic: peopleChangedTopic, payload: Buffer.from('{}'), qos: 0, retain: false })
      .catch((error: unknown) => app.log.error(error));
  };
  const stops = [
    auth.onChanged((what) => {
      if (what === 'list') wake();
    }),
    rights.onChange((why) => {
      if (why === 'rules') wake();
    }),
  ];
  const appsSeen = createAppsSeen({ engine: broker, accounts: auth.apps, store, clock });
  app.addHook('onClose', async () => {
    stops.forEach((stop) => stop());
    appsSeen.dispose();
  });
  await app.register(peopleRoutes);
  await app.register(loginRoutes);
  await app.register(inviteRoutes);
  await app.register(appRoutes, { appsSeen });
  await app.register(pinRoutes);
  await app.register(groupRoutes);
  await app.register(settingsRoutes, { isTimeZone });
  await app.register(askRoutes);
};

export const people = fp(plugin, {
  name: 'people',
  dependencies: ['http', 'store', 'auth', 'deeds', 'house', 'rights', 'broker'],
});
