import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Auth } from '../auth/auth.ts';
import type {} from '../auth/plugin.ts';
import type {} from '../rights/plugin.ts';
import type { Rights } from '../rights/rights.ts';
import type {} from '../store/plugin.ts';
import type { Durability } from '../config.ts';
import type { Clock } from './engine/clock.ts';
import { createEngine } from './engine/create-engine.ts';
import type { Engine } from './engine/engine.ts';
import type { EngineLimits } from './engine/limits.ts';
import { listenTcp } from './listen/tcp.ts';
import type { TcpListener } from './listen/tcp.ts';
import { createLogSync } from './store/log-sync.ts';
import { createSqliteEngineStore } from './store/sqlite.ts';
import { migrateEngineTables } from './store/tables.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The MQTT broker; `brokerPort(app.broker)` tells its TCP port. */
    broker: Engine;
  }
}

export interface BrokerOptions {
  readonly host: string;
  /** 0 = any free port, `off` = no TCP listener. */
  readonly mqttPort: number | 'off';
  /** Who may connect without TLS; default everybody. */
  readonly isPlainAllowed?: (remoteAddress: string) => boolean;
  /** Shown as `$SYS/broker/version`. */
  readonly version?: string;
  readonly clock?: Clock;
  /** Default `full`. */
  readonly durability?: Durability;
  /** What is bounded otherwise than by default. */
  readonly limits?: Partial<EngineLimits>;
}

const listeners = new WeakMap<Engine, TcpListener>();

/** The TCP port in use, once the app is ready; undefined when there is none. */
export const brokerPort = (engine: Engine): number | undefined => listeners.get(engine)?.port;

/** Lets changed rights and ended accounts act at once; returns dispose. */
function guardRights(engine: Engine, auth: Auth, rights: Rights): () => void {
  // Nobody comes back to these, and their client ids are free again.
  const forgetGone = (): void => void engine.endSessions(({ principal }) => !auth.isThere(principal));
  forgetGone();
  const stops = [
    rights.onChange(() => {
      engine.recheckRights();
      engine.disconnect(
        ({ principal, origin }) =>
          auth.isAway(principal, origin.remoteAddress) || (principal.kind === 'viewer' && !auth.isThere(principal)),
        'not-authorized',
      );
    }),
    auth.onEnded((ended) => {
      // Logout, an ended login, an ended account and a changed password reach open sockets at once.
      engine.disconnect((client) => auth.isBehind(ended, client), 'not-authorized');
      if (!('loginId' in ended)) forgetGone();
    }),
    engine.onEvent((event) => {
      if (event.type === 'refused') rights.noteRefused(event);
      else if (event.type === 'subscribed') rights.noteSubscribed(event);
    }),
    engine.observe('#', rights.notePublished),
  ];
  return () => stops.forEach((stop) => stop());
}

const plugin = async (app: FastifyInstance, options: BrokerOptions): Promise<void> => {
  const { host, mqttPort, version, clock, isPlainAllowed, durability = 'full', limits = {} } = options;
  const { auth, rights, log, checkpoints } = app;
  migrateEngineTables(app.store.db);
  const logSync = createLogSync(app.store.db);
  const engine = createEngine({
    store: createSqliteEngineStore(app.store.db, { checkpoints, ...(durability === 'full' && { logSync }) }),
    isAwaiting: durability !== 'none',
    limits,
    authenticate: (request) => auth.authenticateMqtt(request),
    authorize: rights.authorize,
    inspectorFor: rights.inspectorFor,
    log: {
      info: (message, details = {}) => log.info(details, message),
      warn: (message, details = {}) => log.warn(details, message),
      error: (message, details = {}) => log.error(details, message),
    },
    ...(version !== undefined && { version }),
    ...(clock && { clock }),
  });
  app.decorate('broker', engine);
  const stopGuarding = guardRights(engine, auth, rights);
  app.addHook('onClose', async () => stopGuarding());
  app.addHook('onReady', async () => {
    const onError = (error: Error): void => log.warn({ error }, 'An MQTT connection could not be taken.');
    if (mqttPort === 'off') return;
    const onRefused = (address: string): void => engine.noteRefused(address, 'network');
    const isAllowed = isPlainAllowed ?? (() => true);
    listeners.set(engine, await listenTcp(engine, { host, port: mqttPort, isAllowed, onRefused, onError }));
  });
  // Before the HTTP server closes: it waits for its upgraded sockets, which are ours.
  app.addHook('preClose', async () => {
    const listening = listeners.get(engine)?.dispose();
    await engine.close();
    logSync.dispose();
    await listening;
  });
};

export const broker = fp(plugin, { name: 'broker', dependencies: ['store', 'auth', 'rights'] });
