import type { Database } from 'better-sqlite3';
import fp from 'fastify-plugin';
import type { FastifyInstance } from 'fastify';
import { createSqliteEngineStore } from './store/sqlite.ts';
import { migrateEngineTables } from './store/tables.ts';
import { createEngine } from './engine/create-engine.ts';
import type { Action, Authentication, ConnectRequest, Engine, Principal } from './engine/engine.ts';
import { listenTcp } from './listen/tcp.ts';
import type { TcpListener } from './listen/tcp.ts';

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
  /** Shown as `$SYS/broker/version`. */
  readonly version?: string;
}

/** What the broker needs of the accounts. */
interface MqttAuth {
  authenticateMqtt(request: ConnectRequest): Promise<Authentication>;
  authorizeMqtt(principal: Principal, action: Action, topic: string): boolean;
}

const listeners = new WeakMap<Engine, TcpListener>();

/** The TCP port in use, once the app is ready; undefined when there is none. */
export const brokerPort = (engine: Engine): number | undefined => listeners.get(engine)?.port;

const plugin = (app: FastifyInstance, options: BrokerOptions, done: () => void): void => {
  const auth = app.getDecorator<MqttAuth>('auth');
  const { db } = app.getDecorator<{ db: Database }>('store');
  migrateEngineTables(db);
  const engine = createEngine({
    store: createSqliteEngineStore(db),
    authenticate: (request) => auth.authenticateMqtt(request),
    authorize: (principal, action, topic) => auth.authorizeMqtt(principal, action, topic),
    log: {
      info: (message, details) => app.log.info(details ?? {}, message),
      warn: (message, details) => app.log.warn(details ?? {}, message),
      error: (message, details) => app.log.error(details ?? {}, message),
    },
    ...(options.version !== undefined && { version: options.version }),
  });
  app.decorate('broker', engine);
  app.addHook('onReady', async () => {
    if (options.mqttPort !== 'off')
      listeners.set(engine, await listenTcp(engine, { host: options.host, port: options.mqttPort }));
  });
  // Before the HTTP server closes: it waits for its upgraded sockets, which are ours.
  app.addHook('preClose', async () => {
    const listening = listeners.get(engine)?.dispose();
    await engine.close();
    await listening;
  });
  done();
};

export const broker = fp(plugin, { name: 'broker', dependencies: ['store', 'auth'] });
