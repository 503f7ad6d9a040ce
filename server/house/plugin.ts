import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createHouseDocument, type HouseDocument } from './house-store.ts';
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

/** The document alone: rights are made from it, and the broker asks rights. Its routes are in arrange/. */
const plugin = async (app: FastifyInstance, { houseJsonSchema, nowMs }: HouseOptions): Promise<void> => {
  app.decorate('house', createHouseDocument(app.store, createHouseValidator(houseJsonSchema), nowMs));
};

export const house = fp(plugin, { name: 'house', dependencies: ['store'] });
