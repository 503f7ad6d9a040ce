import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CertificateTrouble } from '../../shared/api/trust.ts';
import type { Clock } from '../broker/engine/clock.ts';
import { listenTls } from '../broker/listen/tls.ts';
import type {} from '../broker/plugin.ts';
import { keysFolder } from '../config.ts';
import type {} from '../house/plugin.ts';
import type {} from '../http/plugin.ts';
import { createOnceIn } from '../once-a-minute.ts';
import { challengePrefix, listenForChallenges, type Challenges } from './challenges.ts';
import { startKeeper, type Keeper } from './keeper.ts';
import { openListeners, type Listeners } from './listeners.ts';
import { reasonOf } from './refusals.ts';
import { trustRoutes } from './routes.ts';
import type { Shown } from './source.ts';
import { createSource, type SourceOptions } from './sources.ts';
import { troubleOf } from './trouble.ts';

/** Encryption of this house as others see it. */
export interface Tls {
  /** The certificate in use; undefined when nothing is encrypted. */
  shown(): Shown | undefined;
  /** What an owner has to know about it. */
  trouble(): CertificateTrouble | undefined;
  /** Actual ports, once the app is ready. */
  readonly httpsPort: number | undefined;
  readonly mqttsPort: number | undefined;
  /** Looks now whether a certificate is due. */
  check(): Promise<void>;
}

/** The same address is logged once in this time, however often it knocks. */
const quietMs = 10 * 60_000;

declare module 'fastify' {
  interface FastifyInstance {
    tls: Tls;
  }
}

export interface TlsPluginOptions extends Omit<SourceOptions, 'log' | 'dir'> {
  readonly dataDir: string;
  readonly host: string;
  readonly httpsPort: number | 'off';
  readonly mqttsPort: number | 'off';
  readonly acmePort: number | 'off';
  readonly mayMiss: (port: number) => boolean;
  readonly clock: Clock;
  readonly lanAddress: () => Promise<string | undefined>;
}

const portOf = (address: AddressInfo | string | null): number | undefined =>
  typeof address === 'object' && address !== null ? address.port : undefined;

interface Opened {
  readonly keeper: Keeper;
  readonly challenges: Challenges;
  readonly begin: (() => void) | undefined;
}

async function openKeeper(app: FastifyInstance, options: TlsPluginOptions): Promise<Opened | undefined> {
  if (options.httpsPort === 'off' && options.mqttsPort === 'off') return undefined;
  const log = { info: (line: string) => app.log.info(line), warn: (line: string) => app.log.warn(line) };
  const challenges: Challenges = new Map();
  const source = createSource({ ...options, dir: join(options.dataDir, keysFolder), log }, challenges);
  const keeper = await startKeeper(source, options.clock, log);
  return { keeper, challenges, begin: source.begin?.bind(source) };
}

function openAll(app: FastifyInstance, options: TlsPluginOptions, keeper: Keeper): Promise<Listeners> {
  const { http, broker: engine, log } = app;
  const { host, httpsPort, mqttsPort, mayMiss, clock } = options;
  const isDue = createOnceIn(quietMs);
  const quiet = (key: string, line: string): void => {
    if (isDue(key, clock.now())) log.info(line);
  };
  const note = (remoteAddress: string, error: Error): void => {
    engine.noteRefused(remoteAddress, 'tls');
    quiet(remoteAddress, `No secure connection with ${remoteAddress}: ${reasonOf(error)}`);
  };
  return openListeners({
    host,
    httpsPort,
    mqttsPort,
    mayMiss,
    keeper,
    log: { info: (line) => log.info(line), warn: (line) => log.warn(line) },
    handle: (request: IncomingMessage, response: ServerResponse) => app.routing(request, response),
    upgrade: (...upgrade) => http.upgrades.handle(...upgrade),
    listenMqtts: (port) =>
      listenTls(engine, {
        host,
        port,
        tls: keeper.options(),
        onRefused: note,
        onError: (error) => log.warn({ error }, 'An MQTT connection could not be taken.'),
      }),
    onRefused: (remoteAddress, error) =>
      quiet(remoteAddress, `No secure connection with ${remoteAddress}: ${reasonOf(error)}`),
  });
}

const plugin = async (app: FastifyInstance, options: TlsPluginOptions): Promise<void> => {
  const { http, house } = app;
  const opened = await openKeeper(app, options);
  let listeners: Listeners | undefined;
  let stopChallenges: (() => Promise<void>) | undefined;
  app.decorate('tls', {
    shown: () => opened?.keeper.shown(),
    trouble: () => opened && troubleOf(opened.keeper.shown(), options.clock.now()),
    get httpsPort() {
      return listeners?.httpsPort;
    },
    get mqttsPort() {
      return listeners?.mqttsPort;
    },
    check: async () => opened?.keeper.check(),
  });
  await app.register(trustRoutes, {
    shown: () => (listeners?.httpsPort === undefined ? undefined : opened?.keeper.shown()),
    home: () => house.current().house.name,
    httpsPort: () => listeners?.httpsPort,
    httpPort: () => portOf(app.server.address()),
    lanAddress: options.lanAddress,
  });
  if (!opened) return;
  const { keeper, challenges, begin } = opened;
  app.get<{ Params: { token: string } }>(`${challengePrefix}:token`, async ({ params }, reply) => {
    const known = challenges.get(params.token);
    if (known === undefined) return reply.problem({ code: 'not-found', message: 'Nobody asked that.' });
    return reply.header('content-type', 'application/octet-stream').send(known);
  });
  app.addHook('onReady', async () => {
    listeners = await openAll(app, options, keeper);
    http.plain.openHttps(listeners.httpsPort);
    if (begin && options.acmePort !== 'off') {
      const secureAddress = (request: IncomingMessage): string | undefined => http.plain.secureAddress(request);
      const { host, acmePort: port } = options;
      stopChallenges = (await listenForChallenges({ host, port, challenges, secureAddress })).dispose;
    }
    begin?.();
  });
  app.addHook('preClose', async () => listeners?.stop());
  app.addHook('onClose', async () => {
    keeper.dispose();
    await stopChallenges?.();
    await listeners?.dispose();
  });
};

export const tls = fp(plugin, { name: 'tls', dependencies: ['http', 'auth', 'broker', 'house'] });
