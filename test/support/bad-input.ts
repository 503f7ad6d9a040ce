import { generate } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import type { Engine } from '../../server/broker/engine/engine.ts';
import { makeEngine } from './engine.ts';
import { message, payloadOf } from './talk.ts';
import type { Wire } from './wire.ts';

/** An engine that notes every fault of its own: bad input must never be one. */
export const watchedEngine = () => {
  const faults: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (text: string, details?: object) => void faults.push([text, details]),
  };
  return { engine: makeEngine({ log }), faults };
};

export const connectPacket = (version: 4 | 5, clientId = 'bad'): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: version,
  clean: true,
  keepalive: 0,
  clientId,
  ...(version === 5 && { properties: { receiveMaximum: 10, userProperties: { a: 'b' } } }),
});

/** A conversation with one of everything that a client may say. */
export const conversation = (version: 4 | 5): readonly Buffer[] => {
  const packets: Packet[] = [
    connectPacket(version),
    { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'bad/#', qos: 2 }] },
    message('bad/a', 'hello', { qos: 1, messageId: 2, ...(version === 5 && { properties: { contentType: 'text' } }) }),
    message('bad/b', 'hello', { qos: 2, messageId: 3 }),
    { cmd: 'pubrel', messageId: 3 },
    { cmd: 'puback', messageId: 1 },
    { cmd: 'pubrec', messageId: 2 },
    { cmd: 'pubcomp', messageId: 2 },
    { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['bad/#'] },
    { cmd: 'pingreq' },
  ];
  return packets.map((packet) => generate(packet, { protocolVersion: version }));
};

export const isServed = async (engine: Engine, wire: Wire): Promise<boolean> => {
  await engine.publish({ topic: 'good', payload: Buffer.from('x'), qos: 0, retain: false });
  return payloadOf(await wire.expect('publish')) === 'x';
};
