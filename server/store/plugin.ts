import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

declare module 'fastify' {
  interface FastifyInstance {
    store: Store;
  }
}

/** `file` may be `:memory:`. */
const plugin = async (app: FastifyInstance, options: { readonly file: string }): Promise<void> => {
  const opened = openDatabase(options.file);
  app.decorate('store', opened);
  app.addHook('onClose', async () => opened.close());
};

export const store = fp(plugin, { name: 'store', dependencies: ['http'] });
