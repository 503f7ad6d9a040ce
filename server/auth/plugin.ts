import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { HomePlaces } from './at-home.ts';
import type { Auth } from './auth.ts';
import { createAuth } from './create-auth.ts';
import { createGuard, createRouteList, createVisitor } from './guard.ts';
import { authRoutes } from './routes.ts';
import { createWatcher } from './watcher.ts';

declare module 'fastify' {
  interface FastifyInstance {
    auth: Auth;
  }
}

export interface AuthOptions {
  readonly allowAnonymous: boolean;
  readonly owner: Config['owner'];
  /** What programs that watch the house show instead of a login; default nobody may. */
  readonly metricsToken?: string | undefined;
  readonly clock: Clock;
  /** What counts as at home. */
  readonly places: HomePlaces;
}

/** `KACHEL_OWNER` names somebody who cannot be: too short a password, no name. */
class OwnerRefused extends Error {
  readonly code = 'KACHEL_OWNER';
}

const plugin = async (
  app: FastifyInstance,
  { allowAnonymous, owner, metricsToken, clock, places }: AuthOptions,
): Promise<void> => {
  const { store, http } = app;
  const parseCookie = (header: string): Record<string, string | undefined> => app.parseCookie(header);
  const core = createAuth({ store, http, parseCookie, clock, allowAnonymous, places });
  const watcher = createWatcher(metricsToken, core.throttle);
  const routes = createRouteList();
  app.decorate('auth', { ...core.auth, routes: routes.all });
  app.decorateRequest('known', undefined);
  app.addHook('onClose', async () => core.dispose());
  app.addHook('onRoute', routes.add);
  app.addHook('onRequest', createGuard(core, watcher));
  app.addHook('onRequest', createVisitor(core, store));
  await app.register(authRoutes, { core, store });
  if (core.isClockBehind())
    app.log.warn(
      'The clock of this machine lies behind the last time that was written down. Ends are judged by the latter.',
    );
  if (allowAnonymous)
    app.log.warn('--allow-anonymous is on: everyone on this machine may publish and read everything.');
  if (!owner || core.people.count() > 0) return;
  const added = await core.auth.addUser(owner.name, owner.password);
  if (!added.ok) {
    const isRefused = added.error.code === 'bad-name' || added.error.code === 'weak-password';
    throw isRefused ? new OwnerRefused(added.error.message) : new Error(added.error.message);
  }
  app.log.info({ name: owner.name }, 'The owner was created.');
};

export const auth = fp(plugin, { name: 'auth', dependencies: ['http', 'store'] });
