import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Grants, InviteInput, NewInvite, Role } from '../../shared/api/people.ts';
import { cookieOf, type TestApp } from './app.ts';

const dayMs = 86_400_000;
export const nothing: Grants = { otherRooms: 'no', rooms: {}, exceptions: [] };

export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly cookie: string;
  /** A request of this person's page. */
  readonly request: (options: InjectOptions) => Promise<LightMyRequestResponse>;
}

export interface PersonOptions {
  readonly role?: Role;
  readonly grants?: Partial<Grants>;
  readonly endsAtMs?: number;
}

/** An invite of the owner, as the page makes it. */
export async function invite({ app, request }: TestApp, input: Partial<InviteInput> = {}): Promise<NewInvite> {
  const reply = await request({
    method: 'POST',
    url: '/api/invites',
    payload: { role: 'member', name: 'Lena', grants: nothing, validUntilMs: app.auth.nowMs() + dayMs, ...input },
  });
  return reply.json();
}

export const accept = (app: FastifyInstance, code: string, more: object = {}): Promise<LightMyRequestResponse> =>
  app.inject({
    method: 'POST',
    url: '/api/invite/accept',
    payload: { code, name: 'Lena', password: 'a long enough password', ...more },
  });

/** Somebody who came in by an invite. */
export async function addPerson(
  test: TestApp,
  name: string,
  { role = 'member', grants = {}, endsAtMs }: PersonOptions = {},
): Promise<TestPerson> {
  const { app } = test;
  const all = { ...nothing, ...grants };
  const { code } = await invite(test, { role, name, grants: all, ...(endsAtMs === undefined ? {} : { endsAtMs }) });
  const cookie = cookieOf(await accept(app, code, { name }));
  const id = app.auth.people.byName(name)?.id ?? '';
  return {
    id,
    name,
    cookie,
    request: (options) => app.inject({ ...options, headers: { cookie, ...options.headers } }),
  };
}
