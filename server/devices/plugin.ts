import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { randomUUID } from 'node:crypto';
import { devicesChangedTopic } from '../../shared/api/names.ts';
import { createLastSeen } from '../last-seen.ts';
import type { Clock } from '../broker/engine/clock.ts';
import { throttled } from './announce.ts';
import { createDeviceList } from './create-device-list.ts';
import type { DeviceList } from './device-list.ts';
import { deviceRoutes, type AddressOptions } from './routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    devices: DeviceList;
  }
}

export interface DevicesOptions {
  readonly addresses: AddressOptions;
  readonly clock: Clock;
}

const plugin = async (app: FastifyInstance, { addresses, clock }: DevicesOptions): Promise<void> => {
  const { auth, store, rights, broker: engine } = app;
  const nowMs = (): number => clock.now();
  const lastSeen = createLastSeen({ accounts: auth.devices, store, clock });
  const list = createDeviceList({ auth, store, rights, engine, lastSeen, newId: randomUUID, nowMs });
  app.decorate('devices', list);
  const announce = throttled(() => {
    const message = { topic: devicesChangedTopic, payload: Buffer.from('{}'), qos: 0, retain: false } as const;
    engine.publish(message).catch((error: unknown) => app.log.error(error));
  }, clock);
  list.onChange(announce.call);
  app.addHook('preClose', async () => announce.dispose());
  app.addHook('onClose', async () => {
    list.dispose();
    lastSeen.dispose();
  });
  await app.register(deviceRoutes, { addresses, nowMs });
};

export const devices = fp(plugin, {
  name: 'devices',
  dependencies: ['http', 'store', 'auth', 'deeds', 'rights', 'broker'],
});
