import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { houseChangedTopic } from '../../shared/api/names.ts';
import { createHouseDocument, type HouseDocument } from './house-store.ts';
import { houseRoutes } from './routes.ts';
import { createHouseValidator } from './validate.ts';

declare module 'fastify' {
  interface FastifyInstance {
    house: HouseDocument;
  }
}

export interface HouseOptions {
  readonly houseJsonSchema: object;
  readonly nowMs: () => number;
}

const plugin = async (app: FastifyInstance, { houseJsonSchema, nowMs }: HouseOptions): Promise<void> => {
  const { store, broker } = app;
  const document = createHouseDocument(store, createHouseValidator(houseJsonSchema), nowMs);
  app.decorate('house', document);
  // Pages fetch the document themselves; this only wakes them.
  document.onSaved(({ revision }) => {
    const payload = Buffer.from(JSON.stringify({ revision }));
    broker
      .publish({ topic: houseChangedTopic, payload, qos: 0, retain: false })
      .catch((error: unknown) => app.log.error(error));
  });
  await app.register(houseRoutes);
};

export const house = fp(plugin, { name: 'house', dependencies: ['http', 'store', 'auth', 'broker'] });
