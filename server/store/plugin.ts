import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createBackups, type Backups } from './backups.ts';
import { createCheckpoints, type Checkpoints } from './checkpoints.ts';
import { openDatabase } from './open-database.ts';
import type { Store } from './store.ts';

declare module 'fastify' {
  interface FastifyInstance {
    store: Store;
    /** Whoever writes without `store.durable` or `store.relaxed` notes it here. */
    checkpoints: Checkpoints;
    backups: Backups;
  }
}

const noted = (store: Store, checkpoints: Checkpoints): Store => {
  const note = <T>(value: T): T => {
    checkpoints.note(1);
    return value;
  };
  return {
    ...store,
    durable: (write) => note(store.durable(write)),
    relaxed: (write) => note(store.relaxed(write)),
  };
};

export interface StoreOptions {
  /** May be `:memory:`. */
  readonly file: string;
  readonly nowMs: () => number;
}

const plugin = async (app: FastifyInstance, options: StoreOptions): Promise<void> => {
  const opened = openDatabase(options.file);
  const checkpoints = createCheckpoints(opened.db, {
    onBroken: (error) =>
      app.log.warn({ error }, 'The thread that copies the log of the database is gone: messages may wait for it now.'),
  });
  const kept = noted(opened, checkpoints);
  app.decorate('store', kept);
  app.decorate('backups', createBackups(kept, options.nowMs));
  app.decorate('checkpoints', checkpoints);
  app.addHook('onClose', async () => {
    await checkpoints.dispose();
    opened.close();
  });
};

export const store = fp(plugin, { name: 'store', dependencies: ['http'] });
