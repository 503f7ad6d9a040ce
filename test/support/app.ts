import { toJsonSchema } from '@valibot/to-json-schema';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { buildApp, type AppOptions } from '../../server/app.ts';
import type { Principal } from '../../server/broker/engine/engine.ts';
import type { Config } from '../../server/config.ts';
import { houseSchema } from '../../shared/house/house.ts';
import { testClock, type TestClock } from './clock.ts';

export const owner = { name: 'Anna', password: 'a long enough password' } as const;

/** The envelope alone; the build's schema adds what the kinds say. */
const envelopeSchema = toJsonSchema(houseSchema, { errorMode: 'ignore', target: 'draft-2020-12' });

export interface TestApp {
  readonly app: FastifyInstance;
  readonly clock: TestClock;
  /** Cookie of the owner's login; empty without an owner. */
  readonly cookie: string;
  /** A request of the logged-in owner, as the page sends it. */
  readonly request: (options: InjectOptions) => Promise<LightMyRequestResponse>;
}

export interface TestAppOptions extends AppOptions {
  readonly config?: Partial<Config>;
  /** Default true. */
  readonly withOwner?: boolean;
}

/** A whole server on a database in memory, without listeners; closed with the test. */
export async function testApp({ config = {}, withOwner = true, ...options }: TestAppOptions = {}): Promise<TestApp> {
  const clock = testClock();
  const app = await buildApp(
    {
      dataDir: '/nowhere',
      host: '127.0.0.1',
      publicHosts: [],
      httpPort: 0,
      mqttPort: 'off',
      httpsPort: 'off',
      mqttsPort: 'off',
      mqttPlain: 'all',
      httpPlain: 'all',
      acme: false,
      acmeDirectory: 'http://127.0.0.1:1/directory',
      acmePort: 'off',
      mdns: false,
      durability: 'full',
      brokerLimits: {},
      demo: false,
      allowAnonymous: false,
      logLevel: 'silent',
      iconTable: {},
      houseJsonSchema: envelopeSchema,
      ...(withOwner ? { owner } : {}),
      ...config,
    },
    { clock, databaseFile: ':memory:', ...options },
  );
  await app.ready();
  onTestFinished(() => app.close());
  const cookie = withOwner ? await logIn(app) : '';
  return {
    app,
    clock,
    cookie,
    request: (request) => app.inject({ ...request, headers: { cookie, ...request.headers } }),
  };
}

/** Somebody's page as the broker knows it. */
export function pageOf(app: FastifyInstance, name: string = owner.name): Principal {
  const person = app.auth.people.byName(name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return { kind: 'person', id: person.id, name: person.name };
}

/** Logs in and returns the cookie. */
export async function logIn(
  app: FastifyInstance,
  credentials: { name: string; password: string } = owner,
): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/login', payload: { ...credentials, stay: true } });
  return cookieOf(reply);
}

/** The cookie that a reply sets, as a browser sends it back. */
export const cookieOf = (reply: LightMyRequestResponse): string =>
  reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
