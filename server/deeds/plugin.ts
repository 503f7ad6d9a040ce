import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createDeeds, type Deeds } from './deeds.ts';

declare module 'fastify' {
  interface FastifyInstance {
    deeds: Deeds;
  }
}

/** Ends that come by themselves are deeds of nobody. */
const plugin = async (app: FastifyInstance, { nowMs }: { readonly nowMs: () => number }): Promise<void> => {
  const { auth, http } = app;
  const deeds = createDeeds({ addressOf: ({ raw }) => http.addressOf(raw), nowMs });
  app.decorate('deeds', deeds);
  const stop = auth.onRanOut(({ name }) => deeds.note({ what: 'person-ended', name }, undefined));
  app.addHook('onClose', async () => stop());
};

export const deeds = fp(plugin, { name: 'deeds', dependencies: ['http', 'auth'] });
