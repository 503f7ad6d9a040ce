import type { FastifyReply } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { fail, ok } from '../../shared/result.ts';
import type { Principal } from '../broker/engine/engine.ts';
import type { Http } from '../http/plugin.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { AtHome } from './at-home.ts';
import type { AccountChange, Auth, Ended, KnownLogin } from './auth.ts';
import { readLoginCookie, writeLoginCookie } from './cookie.ts';
import type { Listeners } from './listeners.ts';
import type { Living } from './living.ts';
import { mayManage } from '../../shared/acl/view.ts';
import { viewerOf } from '../viewer.ts';
import type { Logins } from './logins.ts';
import type { People, Person } from './people.ts';

export interface VisitParts {
  readonly store: Store;
  readonly http: Pick<Http, 'schemeOf' | 'addressOf' | 'isSameOrigin' | 'isReadableOnTheWay'>;
  readonly parseCookie: (header: string) => Record<string, string | undefined>;
  readonly people: People;
  readonly logins: Logins;
  readonly accounts: Accounts;
  readonly living: Living;
  readonly atHome: AtHome;
  readonly ended: Listeners<Ended>;
  readonly changes: Listeners<AccountChange>;
  readonly nowMs: () => number;
}

const asOf = ({ url = '' }: IncomingMessage): string | undefined =>
  new URLSearchParams(url.split('?')[1] ?? '').get('as') ?? undefined;

/** Browsers: how a login begins, whose it is, and how it ends. */
export function createVisits(parts: VisitParts) {
  const { store, http, parseCookie, people, logins, accounts, living, atHome, ended, changes, nowMs } = parts;

  /** Also of an account that has ended: who has its cookie is told so. */
  const loginOf = (request: IncomingMessage): KnownLogin | undefined => {
    const secret = readLoginCookie(request, parseCookie, http.schemeOf(request));
    const login = secret === undefined ? undefined : logins.find(secret, nowMs());
    const person = login && people.byId(login.personId);
    return login && person && { login, person };
  };

  const isEncrypted = (raw: IncomingMessage): boolean | undefined =>
    http.schemeOf(raw) === 'https' ? true : http.isReadableOnTheWay(raw) ? false : undefined;

  const begin: Auth['begin'] = (reply: FastifyReply, person: Person, isStaying: boolean) => {
    const { raw } = reply.request;
    const visit = {
      userAgent: raw.headers['user-agent'] ?? '',
      address: http.addressOf(raw),
      isEncrypted: isEncrypted(raw),
    };
    const started = accounts.startLogin(person, isStaying, visit);
    if (!started.ok) return started;
    writeLoginCookie(reply, started.value, isStaying);
    changes.tell('list');
    return ok(undefined);
  };

  const originOf: Auth['originOf'] = (request) => {
    const known = http.isSameOrigin(request) ? loginOf(request) : undefined;
    if (!known || !living.isOpen(known.person)) return {};
    if (atHome.isAway(known.person, http.addressOf(request))) return {};
    const principal = principalFor(known.person, asOf(request));
    return principal ? { principal, loginId: known.login.id } : {};
  };
  /** Nobody when an owner may not look so, instead of somebody with more rights than were asked for. */
  const principalFor = (person: Person, as: string | undefined): Principal | undefined => {
    if (as === undefined) return { kind: 'person', id: person.id, name: person.name };
    const seen = mayManage(person.role) ? people.byId(as) : undefined;
    return seen && living.isOpen(seen) ? viewerOf(person, seen) : undefined;
  };

  const endLogin: Auth['endLogin'] = (personId, loginId) => {
    const done = store.durable(() => logins.end(loginId, personId));
    if (!done.ok) return done;
    if (!done.value) return fail({ code: 'not-found', message: 'This login has ended already.' });
    ended.tell({ loginId });
    changes.tell('list');
    return ok(undefined);
  };

  const endLogins: Auth['endLogins'] = (personId, keptId) => {
    const done = store.durable(() => {
      const ending = logins.list(personId, '', nowMs()).filter(({ id }) => id !== keptId);
      return ending.filter(({ id }) => logins.end(id, personId));
    });
    if (!done.ok) return done;
    for (const { id } of done.value) ended.tell({ loginId: id });
    changes.tell('list');
    return ok(undefined);
  };

  return { loginOf, begin, originOf, endLogin, endLogins };
}
