import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { houseChangedTopic, peopleChangedTopic } from '../../shared/api/names.ts';
import { wishRoutes } from './routes.ts';
import { createWishStore } from './wish-store.ts';
import { createWishes, type Wishes } from './wishes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    wishes: Wishes;
  }
}

/** Asking for access: who wants to see a room or operate a tile, and the owner's answer; wakes lists and the owners' banner. */
const plugin = async (app: FastifyInstance): Promise<void> => {
  const { auth, house, seeing, store, broker } = app;
  const wake = (): void => {
    for (const topic of [peopleChangedTopic, houseChangedTopic])
      broker
        .publish({ topic, payload: Buffer.from('{}'), qos: 0, retain: false })
        .catch((error: unknown) => app.log.error(error));
  };
  const wishStore = createWishStore(store.db);
  app.decorate('wishes', createWishes({ auth, house, seeing, store, wishStore, onChanged: wake }));
  await app.register(wishRoutes);
};

export const wishes = fp(plugin, {
  name: 'wishes',
  dependencies: ['http', 'store', 'auth', 'deeds', 'house', 'rights', 'broker'],
});
