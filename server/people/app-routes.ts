import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { mayManage } from '../../shared/acl/view.ts';
import { appPasswordBody, type AppPasswordInfo } from '../../shared/api/people.ts';
import type { AppPassword } from '../auth/app-passwords.ts';
import type { ValibotTypes } from '../http/validation.ts';
import type { AppsSeen } from './apps-seen.ts';
import { knownOf, notAllowed, personNotFound } from './known.ts';

const id = v.pipe(v.string(), v.maxLength(64));
const idParams = v.object({ id });
const ofQuery = v.object({ person: v.optional(id) });

const toInfo = ({ personId: _person, secret: _secret, ...info }: AppPassword): AppPasswordInfo => info;

export interface AppRoutesOptions {
  readonly appsSeen: Pick<AppsSeen, 'on'>;
}

/** `GET|POST /api/app-passwords` · `DELETE /api/app-passwords/:id`; owners with `?person=` those of others. */
export async function appRoutes(parent: FastifyInstance, { appsSeen }: AppRoutesOptions): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, deeds } = app;

  app.get(
    '/api/app-passwords',
    { schema: { querystring: ofQuery }, config: { needs: 'login' } },
    async (request, reply) => {
      const { person } = knownOf(request);
      const personId = request.query.person ?? person.id;
      if (personId !== person.id && !mayManage(person.role)) return reply.problem(notAllowed);
      if (!auth.people.byId(personId)) return reply.problem(personNotFound);
      return auth.apps.of(personId).map((one) => toInfo(appsSeen.on(one)));
    },
  );

  // Guests and wall panels get no login that outlives their browser.
  app.post(
    '/api/app-passwords',
    { schema: { body: appPasswordBody }, config: { needs: 'arrange' } },
    async (request, reply) => {
      const made = auth.appAccess.create(knownOf(request).person, request.body);
      if (!made.ok) return reply.problem(made.error);
      deeds.note({ what: 'app-added', name: made.value.name }, request);
      return reply.code(201).send(made.value);
    },
  );

  app.delete(
    '/api/app-passwords/:id',
    { schema: { params: idParams, querystring: ofQuery }, config: { needs: 'login' } },
    async (request, reply) => {
      const { person } = knownOf(request);
      const personId = request.query.person ?? person.id;
      if (personId !== person.id && !mayManage(person.role)) return reply.problem(notAllowed);
      const name = auth.apps.byId(request.params.id)?.name ?? '';
      const removed = auth.appAccess.remove(personId, request.params.id);
      if (!removed.ok) return reply.problem(removed.error);
      deeds.note({ what: 'app-ended', name }, request);
      return reply.code(204).send();
    },
  );
}
