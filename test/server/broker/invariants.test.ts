import fc from 'fast-check';
import type { IPublishPacket } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../../../server/broker/engine/memory-store.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';
import type { ConnectedWire } from '../../support/wire.ts';

type Step =
  | { readonly kind: 'publish'; readonly qos: 0 | 1 | 2 }
  | { readonly kind: 'read'; readonly count: number }
  | { readonly kind: 'break' }
  | { readonly kind: 'restart' };

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('publish' as const),
        qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
      }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('read' as const), count: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'break' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  ),
  { minLength: 5, maxLength: 60 },
);

/** A subscriber with a small window that answers packets only when it is told to, and keeps its QoS 2 ids over reconnects. */
class Subscriber {
  readonly got: { qos: number; value: number }[] = [];
  readonly #unreleased = new Set<number>();
  #wire: ConnectedWire;

  constructor(wire: ConnectedWire) {
    this.#wire = wire;
  }

  reconnected(wire: ConnectedWire): void {
    this.#wire = wire;
  }

  /** Handles one packet; false when none comes. */
  async readOne(): Promise<boolean> {
    const wire = this.#wire;
    wire.send({ cmd: 'pingreq' }); // its answer comes last, so there is always something to read
    for (let isFirst = true; ; isFirst = false) {
      const packet = await wire.next();
      if (packet.cmd === 'pingresp') return !isFirst;
      if (packet.cmd === 'publish') this.#take(packet);
      else if (packet.cmd === 'pubrel') {
        this.#unreleased.delete(packet.messageId ?? 0);
        wire.send({ cmd: 'pubcomp', messageId: packet.messageId ?? 0 });
      }
    }
  }

  #take(packet: IPublishPacket): void {
    const messageId = packet.messageId ?? 0;
    const isRepeated = packet.qos === 2 && this.#unreleased.has(messageId);
    if (!isRepeated) this.got.push({ qos: packet.qos, value: Number(packet.payload.toString()) });
    if (packet.qos === 1) this.#wire.send({ cmd: 'puback', messageId });
    if (packet.qos !== 2) return;
    this.#unreleased.add(messageId);
    this.#wire.send({ cmd: 'pubrec', messageId });
  }
}

const keptSession = {
  version: 5,
  clientId: 'subscriber',
  connect: { clean: false, properties: { sessionExpiryInterval: 100, receiveMaximum: 3 } },
} as const;

const isAscending = (values: readonly number[]): boolean =>
  values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));

test('whatever happens, nothing is lost, QoS 2 comes once, and order holds [MQTT-4.6.0-5]', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (program: readonly Step[]) => {
      const store = createMemoryStore();
      let engine = makeEngine({ store });
      let wire = await connectWire(engine, keptSession);
      wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 2 }] });
      await wire.expect('suback');
      const subscriber = new Subscriber(wire);
      const sent: { qos: number; value: number }[] = [];
      const reconnect = async (): Promise<void> => {
        wire = await connectWire(engine, keptSession);
        expect(wire.connack.sessionPresent).toBe(true);
        subscriber.reconnected(wire);
      };
      for (const step of program) {
        if (step.kind === 'publish') {
          const value = sent.length + 1;
          sent.push({ qos: step.qos, value });
          await engine.publish({ topic: 'a', payload: Buffer.from(String(value)), qos: step.qos, retain: false });
        } else if (step.kind === 'read') {
          for (let count = 0; count < step.count; count++) await subscriber.readOne();
        } else {
          if (step.kind === 'break') wire.cut();
          else engine = makeEngine({ store }); // the old one just stops, as after kill -9
          if (step.kind === 'break') await wire.closed;
          await reconnect();
        }
      }
      while (await subscriber.readOne());

      const of = (list: readonly { qos: number; value: number }[], qos: number): number[] =>
        list.filter((entry) => entry.qos === qos).map((entry) => entry.value);
      expect(of(subscriber.got, 2)).toEqual(of(sent, 2));
      expect([...new Set(of(subscriber.got, 1))]).toEqual(of(sent, 1));
      expect(isAscending(of(subscriber.got, 0))).toBe(true);
    }),
    { numRuns: 60 },
  );
});
