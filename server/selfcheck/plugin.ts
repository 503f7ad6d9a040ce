import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { AddressInfo } from 'node:net';
import { selfCheckChangedTopic } from '../../shared/api/names.ts';
import type {} from '../auth/plugin.ts';
import { brokerPort } from '../broker/plugin.ts';
import type {} from '../devices/plugin.ts';
import type {} from '../http/plugin.ts';
import type {} from '../rights/plugin.ts';
import type {} from '../store/plugin.ts';
import type {} from '../tls/plugin.ts';
import type {} from '../topics/plugin.ts';
import type { CheckedHouse } from './check.ts';
import { checks } from './checks.ts';
import type { Door } from './knock.ts';
import { selfCheckRoutes, type SelfCheckRoutesOptions } from './routes.ts';
import { createSelfCheck, type SelfCheck } from './selfcheck.ts';

declare module 'fastify' {
  interface FastifyInstance {
    selfCheck: SelfCheck;
  }
}

export interface SelfCheckOptions
  extends
    Pick<SelfCheckRoutesOptions, 'closeFiles'>,
    Pick<CheckedHouse, 'host' | 'ownAddresses' | 'isPrivate' | 'isUnrouted' | 'isLoopback' | 'looseFiles'> {
  readonly nowMs: () => number;
}

const portOf = (address: AddressInfo | string | null): number | undefined =>
  typeof address === 'object' ? address?.port : undefined;

/** Where to knock: on this machine, or at the one address that is listened on. */
const knockableHost = (host: string): string => {
  if (host === '0.0.0.0' || host === 'localhost') return '127.0.0.1';
  return /^[0:]+$/.test(host) ? '::1' : host;
};

/** The listeners that are open now. */
function doorsOf({ broker, tls, server }: FastifyInstance, host: string): readonly Door[] {
  const ports = {
    mqtt: brokerPort(broker),
    mqtts: tls.mqttsPort,
    ws: server.listening ? portOf(server.address()) : undefined,
    wss: tls.httpsPort,
  };
  const kinds = ['mqtt', 'mqtts', 'ws', 'wss'] as const;
  return kinds.flatMap((kind) => {
    const port = ports[kind];
    return port === undefined ? [] : [{ kind, port, host: knockableHost(host) }];
  });
}

/** Looks at the house as a stranger and as a careful friend would. */
const plugin = async (app: FastifyInstance, options: SelfCheckOptions): Promise<void> => {
  const { auth, asking, broker, tls, backups, devices } = app;
  const { nowMs, closeFiles, host, ...facts } = options;
  const tell = (): void => {
    broker
      .publish({ topic: selfCheckChangedTopic, payload: Buffer.from('{}'), qos: 0, retain: false })
      .catch((error: unknown) => app.log.error(error));
  };
  const selfCheck = createSelfCheck({
    checks,
    house: {
      ...facts,
      host,
      auth,
      asking,
      broker,
      tls,
      plainLogins: auth.plainLogins,
      doors: () => doorsOf(app, host),
      overlook: (clientId) => devices.overlook(clientId),
      lastBackup: () => backups.last(),
    },
    nowMs,
    onDone: tell,
    onError: (name, error) => app.log.error({ error, check: name }, 'A check could not look.'),
  });
  app.decorate('selfCheck', selfCheck);
  // A check that runs reads the database; it ends before that is closed.
  app.addHook('preClose', async () => selfCheck.dispose());
  await app.register(selfCheckRoutes, { selfCheck, closeFiles });
};

export const selfCheck = fp(plugin, {
  name: 'selfcheck',
  dependencies: ['http', 'store', 'auth', 'rights', 'broker', 'tls', 'topics', 'devices'],
});
