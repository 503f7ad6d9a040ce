import type { FastifyInstance } from 'fastify';
import { saveHouseBody, type HouseReply } from '../../shared/api/contract.ts';
import type { ValibotTypes } from '../http/validation.ts';

/** 2,000 tiles are about 2 MB. */
const maxHouseBytes = 8 * 1024 * 1024;

/** `GET /api/house` · `PUT /api/house` */
export async function houseRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();

  app.get('/api/house', async (): Promise<HouseReply> => app.house.current());

  app.put('/api/house', { schema: { body: saveHouseBody }, bodyLimit: maxHouseBytes }, async (request, reply) => {
    const { baseRevision, house: document } = request.body;
    const name = request.known?.person.name;
    const saved = app.house.save({ document, baseRevision, ...(name === undefined ? {} : { by: name }) });
    return saved.ok ? saved.value : reply.problem(saved.error);
  });
}
