import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { houseChangedTopic } from '../../shared/api/names.ts';
import { arrangeRoutes } from './routes.ts';

/** Rooms and tiles as each person sees and arranges them; wakes every page when that may have changed. */
const plugin = async (app: FastifyInstance): Promise<void> => {
  const { house, rights, broker } = app;
  // Pages fetch what is theirs by themselves; this only wakes them.
  const wake = (): void => {
    const payload = Buffer.from(JSON.stringify({ revision: house.current().revision }));
    broker
      .publish({ topic: houseChangedTopic, payload, qos: 0, retain: false })
      .catch((error: unknown) => app.log.error(error));
  };
  // The broker has looked at every connection again by then.
  const stop = rights.onChange((why) => {
    if (why !== 'devices') wake();
  });
  app.addHook('onClose', async () => stop());
  await app.register(arrangeRoutes);
};

export const arrange = fp(plugin, { name: 'arrange', dependencies: ['http', 'auth', 'house', 'rights', 'broker'] });
