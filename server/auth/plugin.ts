import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { createAuth, type Auth } from './auth.ts';
import { createGuard, createVisitor } from './guard.ts';
import { authRoutes } from './routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    auth: Auth;
  }
}

export interface AuthOptions {
  readonly allowAnonymous: boolean;
  readonly owner: Config['owner'];
  readonly nowMs: () => number;
}

const plugin = async (app: FastifyInstance, { allowAnonymous, owner, nowMs }: AuthOptions): Promise<void> => {
  const { store, http } = app;
  const parseCookie = (header: string): Record<string, string | undefined> => app.parseCookie(header);
  const core = createAuth({ store, http, parseCookie, nowMs, allowAnonymous });
  app.decorate('auth', core.auth);
  app.decorateRequest('known', undefined);
  app.addHook('onRequest', createGuard(core));
  app.addHook('onRequest', createVisitor(core, store, nowMs));
  await app.register(authRoutes, { core, store, nowMs });
  if (allowAnonymous)
    app.log.warn('--allow-anonymous is on: everyone on this machine may publish and read everything.');
  if (!owner || core.people.count() > 0) return;
  const added = await core.auth.addUser(owner.name, owner.password);
  if (!added.ok) throw new Error(`The owner of KACHEL_OWNER could not be made: ${added.error.message}`);
  app.log.info({ name: owner.name }, 'The owner was created.');
};

export const auth = fp(plugin, { name: 'auth', dependencies: ['http', 'store'] });
