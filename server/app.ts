import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { version } from '../package.json';
import { arrange } from './arrange/plugin.ts';
import { auth } from './auth/plugin.ts';
import { systemClock, type Clock } from './broker/engine/clock.ts';
import { createWebSocketAcceptor } from './broker/listen/websocket.ts';
import { limitsFor } from './broker/suite-limits.ts';
import { broker, brokerPort, type BrokerOptions } from './broker/plugin.ts';
import { findLanAddress, isAnyAddress, ownAddresses, ownInterfaces } from './cli/lan-address.ts';
import { looseIn, tighten } from './cli/permissions.ts';
import { isLoopback } from './cli/settings.ts';
import { terminalLanguage } from './cli/words.ts';
import { configDefaults, databaseFile, type Config } from './config.ts';
import { startDemo } from './demo/demo.ts';
import { deeds } from './deeds/plugin.ts';
import { demoHouse } from './demo/house.ts';
import { demo } from './demo/plugin.ts';
import { devices } from './devices/plugin.ts';
import { history } from './history/plugin.ts';
import { house } from './house/plugin.ts';
import { http } from './http/plugin.ts';
import { icons } from './icons/plugin.ts';
import { logbook } from './logbook/plugin.ts';
import { mdns, type MdnsOptions } from './mdns/plugin.ts';
import { metrics } from './metrics/plugin.ts';
import { people } from './people/plugin.ts';
import { rights } from './rights/plugin.ts';
import { selfCheck, type SelfCheckOptions } from './selfcheck/plugin.ts';
import { setup } from './setup/plugin.ts';
import { snapshot } from './snapshot/plugin.ts';
import { store } from './store/plugin.ts';
import { tls, type TlsPluginOptions } from './tls/plugin.ts';
import { createRangeTest, isPrivate, isUnrouted, loopbackRanges } from './tls/ranges.ts';
import { topics } from './topics/plugin.ts';
import { websocket } from './websocket/plugin.ts';
import { wishes } from './wishes/plugin.ts';

/** What tests hand in. */
export interface AppOptions {
  readonly log?: FastifyBaseLogger;
  readonly clock?: Clock;
  /** Instead of the file in the data directory; `:memory:` for tests. */
  readonly databaseFile?: string;
}

/** Largest body of an ordinary request; routes that take documents say more. */
const bodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 30_000;

/** Who may use MQTT without TLS; this machine always may, unless nobody may. */
function plainMqtt({ mqttPlain, mqttPort }: Config): Pick<BrokerOptions, 'mqttPort' | 'isPlainAllowed'> {
  if (mqttPlain === 'all') return { mqttPort };
  if (mqttPlain === 'off') return { mqttPort: 'off' };
  return { mqttPort, isPlainAllowed: createRangeTest([...loopbackRanges, ...mqttPlain]) };
}

function tlsOptions(config: Config, clock: Clock): TlsPluginOptions {
  const { tlsCert: certFile, tlsKey: keyFile, httpPlain } = config;
  const defaults: readonly number[] = [configDefaults.httpsPort, configDefaults.mqttsPort];
  return {
    ...config,
    certFile,
    keyFile,
    clock,
    machineName: hostname(),
    addresses: ownAddresses,
    lanAddress: findLanAddress,
    mayMiss: (port) => httpPlain === 'all' && defaults.includes(port),
  };
}

/** Nobody else can reach a house that listens on loopback only, so nobody is told where it is. */
function mdnsOptions({ mdns: isWanted, host }: Config): MdnsOptions {
  return {
    isOn: isWanted && !isLoopback(host),
    address: isAnyAddress(host) ? undefined : host,
    interfaces: ownInterfaces,
  };
}

/** What the self-check may know of this machine. */
function selfCheckOptions({ host, dataDir }: Config, nowMs: () => number): SelfCheckOptions {
  const nameOf = ({ path }: { readonly path: string }): string => relative(dataDir, path) || dataDir;
  return {
    host,
    ownAddresses,
    isPrivate,
    isUnrouted,
    isLoopback: createRangeTest(loopbackRanges),
    looseFiles: () => looseIn(dataDir).map(nameOf),
    closeFiles: () => tighten(dataDir).flatMap((one) => (one.reason === undefined ? [] : nameOf(one))),
    nowMs,
  };
}

/** The whole server as a list of plugins, in the order in which they need each other. The caller listens and closes. */
export async function buildApp(config: Config, options: AppOptions = {}): Promise<FastifyInstance> {
  const { clock = systemClock, log } = options;
  const nowMs = (): number => clock.now();
  const { allowAnonymous, owner, publicHosts, webDir, pageHost, host, houseJsonSchema } = config;
  const language = terminalLanguage(process.env);
  const app = Fastify({
    ...(log ? { loggerInstance: log } : { logger: { level: config.logLevel } }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
    // One line per request would be the loudest thing in the house.
    logController: new LogController({ disableRequestLogging: true }),
  });
  await app.register(http, {
    publicHosts,
    webDir,
    pageHost,
    isPrivate,
    nowMs,
    isRedirecting: config.httpPlain === 'redirect',
  });
  await app.register(store, { file: options.databaseFile ?? join(config.dataDir, databaseFile), nowMs });
  const places = { isPrivate, ownAddresses };
  await app.register(auth, { allowAnonymous, owner, metricsToken: config.metricsToken, clock, places });
  await app.register(deeds, { nowMs });
  await app.register(house, { houseJsonSchema, nowMs });
  await app.register(rights, { clock });
  const limits = limitsFor(allowAnonymous, config.brokerLimits);
  await app.register(broker, { host, version, clock, durability: config.durability, limits, ...plainMqtt(config) });
  await app.register(websocket, { createAcceptor: createWebSocketAcceptor });
  await app.register(arrange);
  await app.register(people, { clock });
  await app.register(wishes);
  await app.register(setup);
  await app.register(tls, tlsOptions(config, clock));
  await app.register(mdns, mdnsOptions(config));
  await app.register(topics, { clock });
  await app.register(history, { clock });
  await app.register(logbook, { clock });
  await app.register(devices, {
    addresses: {
      mqttPort: () => brokerPort(app.broker),
      mqttsPort: () => app.tls.mqttsPort,
      lanAddress: findLanAddress,
    },
    clock,
  });
  await app.register(selfCheck, selfCheckOptions(config, nowMs));
  await app.register(icons, { file: config.iconsFile, clock });
  await app.register(demo, {
    demo: {
      house: () => demoHouse(language),
      start: (engine) => startDemo(engine, { language, random: Math.random }),
    },
    isWanted: config.demo,
    isServing: config.httpPort !== 'off' || config.mqttPort !== 'off',
  });
  await app.register(metrics, { version, nowMs });
  await app.register(snapshot, { version, allowAnonymous, iconTable: config.iconTable, nowMs });
  return app;
}
