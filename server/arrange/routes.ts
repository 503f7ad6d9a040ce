import type { FastifyInstance } from 'fastify';
import { firstForeignTopic } from '../../shared/acl/arranging.ts';
import { saveHouseBody, type HouseReply } from '../../shared/api/contract.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { putBackHidden } from '../../shared/house/hidden.ts';
import type { House } from '../../shared/house/house.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KnownLogin } from '../auth/auth.ts';
import type { SaveProblem } from '../house/house-store.ts';
import type { ValibotTypes } from '../http/validation.ts';

/** 2,000 tiles are about 2 MB. */
const maxHouseBytes = 8 * 1024 * 1024;

/** `GET /api/house` · `PUT /api/house` */
export async function arrangeRoutes(parent: FastifyInstance): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { house, seeing } = app;

  const seen = (reply: HouseReply, personId: string): HouseReply => ({
    ...reply,
    house: seeing.view(personId, reply.house),
  });

  /** What the whole house is to be when somebody who sees a part of it wants `document`. */
  const wholeOf = (document: unknown, personId: string): Result<unknown, Problem> => {
    const whole = house.current().house;
    const view = seeing.view(personId, whole);
    if (view === whole) return ok(document);
    const wanted = house.read(document);
    if (!wanted.ok) return wanted;
    const path = foreignIn(view, wanted.value, personId);
    if (path === undefined) return ok(putBackHidden(whole, view, wanted.value));
    return fail({ code: 'not-allowed', message: 'You may not use this topic by yourself.', path });
  };
  const foreignIn = (view: House, wanted: House, personId: string): string | undefined => {
    const isLimited = (topic: string): boolean => seeing.isLimited(personId, topic) || seeing.asksPin(personId, topic);
    return firstForeignTopic(view, wanted, {
      read: (topic) => seeing.mayRead(personId, topic),
      send: (topic) => seeing.maySend(personId, topic) && !isLimited(topic),
      isLimited,
      isKeptFrom: (tileId) => seeing.isKeptFrom(personId, tileId),
    });
  };

  const save = (baseRevision: number, document: unknown, { person }: KnownLogin): Result<HouseReply, SaveProblem> => {
    // A lost race first: what is new to this person is nobody's fault.
    const stale = house.staleness(baseRevision);
    if (stale) return fail(stale);
    const whole = wholeOf(document, person.id);
    return whole.ok ? house.save({ document: whole.value, baseRevision, by: person.name }) : whole;
  };

  app.get('/api/house', { config: { needs: 'login' } }, async ({ known }, reply): Promise<HouseReply> => {
    if (!known) return reply.problem({ code: 'login-required', message: 'Log in first.' }) as never;
    return seen(house.current(), known.person.id);
  });

  app.put(
    '/api/house',
    { schema: { body: saveHouseBody }, bodyLimit: maxHouseBytes, config: { needs: 'arrange' } },
    async ({ body, known }, reply) => {
      if (!known) return reply.problem({ code: 'login-required', message: 'Log in first.' });
      const saved = save(body.baseRevision, body.house, known);
      if (saved.ok) return seen(saved.value, known.person.id);
      const { current, ...problem } = saved.error;
      return reply.problem(current ? { ...problem, current: seen(current, known.person.id) } : problem);
    },
  );
}
