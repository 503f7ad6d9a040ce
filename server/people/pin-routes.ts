import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { mayKeepProof } from '../../shared/acl/pin.ts';
import { sendTopicsOf } from '../../shared/acl/uses.ts';
import { keptProofMs, personPinBody, pinProofBody, proofMs, type PinProof } from '../../shared/api/pin.ts';
import type { Problem } from '../../shared/api/problem.ts';
import type { Tile } from '../../shared/house/house.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { knownOf, notAllowed, personNotFound } from './known.ts';

const idParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
const noTile: Problem = { code: 'not-found', message: 'This tile is not here any more.' };

/** `POST /api/pin` · `PUT /api/people/:id/pin` */
export async function pinRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, deeds, house, seeing, http } = app;
  const addressOf = (request: FastifyRequest): string => http.addressOf(request.raw);

  app.post('/api/pin', { schema: { body: pinProofBody }, config: { needs: 'login' } }, async (request, reply) => {
    const { login, person } = knownOf(request);
    const { tileIds, pin, keep } = request.body;
    const seen = seeing.view(person.id, house.current().house).tiles;
    const tiles = [...new Set(tileIds)].flatMap((tileId) => seen.find(({ id }) => id === tileId) ?? []);
    const [first] = tiles;
    if (!first) return reply.problem(noTile);
    const checked = await auth.pin.check({ person, tileId: first.id, pin, address: addressOf(request) });
    if (!checked.ok) return reply.problem(checked.error);
    const validMsOf = (tile: Tile): number => (keep && mayKeepProof(tile) ? keptProofMs : proofMs);
    const proof = { loginId: login.id, personId: person.id };
    for (const tile of tiles)
      auth.pin.give({ ...proof, tileId: tile.id, topics: sendTopicsOf(tile), validMs: validMsOf(tile) });
    return { validMs: Math.min(...tiles.map(validMsOf)) } satisfies PinProof;
  });

  // One's own needs the password, also for owners: whoever found an open page sets no PIN with it.
  app.put(
    '/api/people/:id/pin',
    { schema: { params: idParams, body: personPinBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const { id } = request.params;
      if (id === knownOf(request).person.id) return reply.problem(notAllowed);
      const person = auth.people.byId(id);
      if (!person) return reply.problem(personNotFound);
      const { pin } = request.body;
      const set = await auth.pin.set(id, pin, addressOf(request));
      if (!set.ok) return reply.problem(set.error);
      deeds.note({ what: pin === null ? 'pin-taken' : 'pin-given', name: person.name }, request);
      return reply.code(204).send();
    },
  );
}
