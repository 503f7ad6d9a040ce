import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type {} from '../auth/plugin.ts';
import type {} from '../rights/plugin.ts';
import type {} from '../store/plugin.ts';
import type { Clock } from './engine/clock.ts';
import { createEngine } from './engine/create-engine.ts';
import type { Engine } from './engine/engine.ts';
import { listenTcp } from './listen/tcp.ts';
import type { TcpListener } from './listen/tcp.ts';
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
}

const listeners = new WeakMap<Engine, TcpListener>();

/** The TCP port in use, once the app is ready; undefined when there is none. */
export const brokerPort = (engine: Engine): number | undefined => listeners.get(engine)?.port;

const plugin = async (app: FastifyInstance, options: BrokerOptions): Promise<void> => {
  const { host, mqttPort, version, clock, isPlainAllowed } = options;
  const { auth, rights, log } = app;
  migrateEngineTables(app.store.db);
  const engine = createEngine({
    store: createSqliteEngineStore(app.store.db),
    authenticate: (request) => auth.authenticateMqtt(request),
    authorize: rights.authorize,
    log: {
      info: (message, details = {}) => log.info(details, message),
      warn: (message, details = {}) => log.warn(details, message),
      error: (message, details = {}) => log.error(details, message),
    },
    ...(version !== undefined && { version }),
    ...(clock && { clock }),
  });
  app.decorate('broker', engine);
  // Acts at once on live connections.
  const stopFollowing = rights.onChange(() => engine.recheckRights());
  app.addHook('onClose', async () => stopFollowing());
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
    await listening;
  });
};

export const broker = fp(plugin, { name: 'broker', dependencies: ['store', 'auth', 'rights'] });
