import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { buildApp } from '../app.ts';
import { brokerPort } from '../broker/plugin.ts';
import type { Config } from '../config.ts';
import { controlAddress } from '../control/address.ts';
import { listenForCommands } from '../control/listen.ts';
import { operationsOf } from '../control/operations.ts';
import type { Announced } from '../mdns/announce.ts';
import { lockDataDir, prepareDataDir } from './data-dir.ts';
import { tighten, type Loose } from './permissions.ts';
import { explainStartFailure } from './start-failure.ts';
import type { Complaint } from './words.ts';

/** A house that runs. */
export interface RunningServer {
  readonly app: FastifyInstance;
  /** Actual ports; absent when off. */
  readonly httpPort?: number;
  readonly mqttPort?: number;
  readonly httpsPort?: number;
  readonly mqttsPort?: number;
  /** SHA-256 of the home authority, for comparing; absent when somebody else vouches for the certificate. */
  readonly fingerprint?: string;
  readonly certificateNames?: readonly string[];
  /** What others could read until now. */
  readonly loose: readonly Loose[];
  /** While there is no owner. */
  readonly setupCode?: string;
  /** Closes listeners, writes what is unwritten, lets go of the data directory. */
  readonly stop: () => Promise<void>;
}

/** Takes the data directory and builds the app on it. The caller closes the app, then lets go with `release`. */
export async function openHouse(
  config: Config,
): Promise<Result<{ app: FastifyInstance; loose: readonly Loose[]; release: () => void }, Complaint>> {
  const dataDir = resolve(config.dataDir);
  const prepared = prepareDataDir(dataDir);
  if (!prepared.ok) return prepared;
  const lock = lockDataDir(dataDir);
  if (!lock.ok) return lock;
  const loose = tighten(dataDir);
  let app: FastifyInstance | undefined;
  try {
    app = await buildApp({ ...config, dataDir });
    await app.ready();
    for (const one of loose) app.log.warn(one, 'Others could read this.');
    return ok({ app, loose, release: lock.value });
  } catch (error) {
    await app?.close();
    lock.value();
    const complaint = explainStartFailure(error, config);
    if (complaint) return fail(complaint);
    throw error;
  }
}

async function listen(app: FastifyInstance, config: Config): Promise<number | undefined> {
  if (config.httpPort === 'off') return undefined;
  await app.listen({ host: config.host, port: config.httpPort });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : undefined;
}

type Facts = Omit<RunningServer, 'app' | 'stop' | 'loose'>;

/** Names that a browser finds in the certificate when it asks for one of them. */
const namesOf = (shown: ReturnType<FastifyInstance['tls']['shown']>): readonly string[] | undefined =>
  shown && [...(shown.named?.names ?? []), ...shown.main.names];

/** What is known once everything listens; what is absent has no key. */
function factsOf(app: FastifyInstance, httpPort: number | undefined): Facts {
  const facts = {
    httpPort,
    mqttPort: brokerPort(app.broker),
    httpsPort: app.tls.httpsPort,
    mqttsPort: app.tls.mqttsPort,
    fingerprint: app.tls.shown()?.root?.fingerprint,
    certificateNames: namesOf(app.tls.shown()),
    setupCode: app.auth.setupCode(),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** What the local network is told: where the page is, else where devices go. */
function announcedOf({ httpPort, httpsPort, mqttPort, mqttsPort }: Facts): Announced | undefined {
  const ports = [
    ['http', httpPort],
    ['https', httpsPort],
    ['mqtt', mqttPort],
    ['secure-mqtt', mqttsPort],
  ] as const;
  const services = ports.map(([type, port]) => (port === undefined ? undefined : { type, port }));
  return services.find((service) => service !== undefined);
}

/** Starts everything. Expected failures are one sentence; nothing stays open after one. */
export async function startServer(config: Config): Promise<Result<RunningServer, Complaint>> {
  const opened = await openHouse(config);
  if (!opened.ok) return opened;
  const { app, loose, release } = opened.value;
  let stopControl: (() => Promise<void>) | undefined;
  const stop = async (): Promise<void> => {
    await stopControl?.();
    await app.close();
    release();
  };
  try {
    const logBug = (error: unknown): void => app.log.error(error);
    stopControl = await listenForCommands(controlAddress(config.dataDir), operationsOf(app, config.dataDir), logBug);
    const facts = factsOf(app, await listen(app, config));
    await app.mdns.begin(announcedOf(facts));
    return ok({ app, stop, loose, ...facts });
  } catch (error) {
    await stop();
    const complaint = explainStartFailure(error, config);
    if (complaint) return fail(complaint);
    throw error;
  }
}
