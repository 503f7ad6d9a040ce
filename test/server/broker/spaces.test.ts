import { generate, parser as createParser } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { waitingPlace } from '../../../server/broker/engine/codec/frame-space.ts';
import { Outbox } from '../../../server/broker/engine/outbox.ts';
import { Spaces } from '../../../server/broker/engine/spaces.ts';
import { makeEngine } from '../../support/engine.ts';
import { connectWire } from '../../support/wire.ts';
import type { Wire } from '../../support/wire.ts';

const payloadsIn = (chunks: readonly Uint8Array[]): string[] => {
  const payloads: string[] = [];
  const parser = createParser({ protocolVersion: 4 });
  parser.on('packet', (packet) => packet.cmd === 'publish' && payloads.push(packet.payload.toString()));
  for (const chunk of chunks) parser.parse(Buffer.from(chunk));
  return payloads;
};

const subscribe = async (wire: Wire): Promise<void> => {
  wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
  await wire.expect('suback');
};

/** Several in one chunk; the long one lies between others in pieces. */
const burst = (turn: number): { readonly bytes: Uint8Array; readonly payloads: readonly string[] } => {
  const payloads = [`${turn} first`, `${turn} ${'long'.repeat(600)}`, `${turn} last`];
  const packets = payloads.map((payload, index) =>
    generate({ cmd: 'publish', topic: 'a', payload, qos: 1, dup: false, retain: false, messageId: index + 1 }),
  );
  return { bytes: Buffer.concat(packets), payloads };
};

describe('spaces', () => {
  test('what a client has not read yet stays as it was while others get theirs', async () => {
    const engine = makeEngine();
    const slow = await connectWire(engine, { clientId: 'slow' });
    const quick = await connectWire(engine, { clientId: 'quick' });
    const publisher = await connectWire(engine, { clientId: 'publisher' });
    await subscribe(slow);
    await subscribe(quick);
    slow.stall(true);
    const sent: string[] = [];
    for (let turn = 0; turn < 50; turn++) {
      const { bytes, payloads } = burst(turn);
      publisher.send(bytes);
      sent.push(...payloads);
      for (const payload of payloads) expect((await quick.expect('publish')).payload.toString()).toBe(payload);
    }
    expect(payloadsIn(slow.writes)).toEqual(sent);
  });

  const collect = (outbox: Outbox): Buffer => {
    outbox.pushAck(0x40, 1);
    return outbox.lend();
  };

  test('are used again once nobody reads them', () => {
    const spaces = new Spaces();
    const [one, other] = [new Outbox(spaces), new Outbox(spaces)];
    const first = collect(one);
    one.takeBack();
    expect(collect(other).buffer).toBe(first.buffer);
    expect(collect(one).buffer).not.toBe(first.buffer);
  });

  test('are not used again while somebody reads them', () => {
    const spaces = new Spaces();
    const outbox = new Outbox(spaces);
    const read = collect(outbox);
    outbox.giveUp();
    for (let count = 0; count < 100; count++) {
      expect(collect(outbox).buffer).not.toBe(read.buffer);
      outbox.takeBack();
    }
  });

  test('messages that wait lie among each other, whatever passes between them', () => {
    const first = waitingPlace(1_000);
    for (let count = 0; count < 20; count++) Buffer.allocUnsafe(1_000);
    const second = waitingPlace(1_000);
    const places = [first, second, waitingPlace(1_000)].map(({ bytes, start }) => [bytes.buffer.byteLength, start]);
    expect(places).toEqual([0, 1_000, 2_000].map((start) => [8_192, start]));
  });

  test('may all be in use, and what is kept lies elsewhere', () => {
    const spaces = new Spaces();
    const pieces = Array.from({ length: 100 }, () => collect(new Outbox(spaces)));
    expect(pieces.map((piece) => piece.toString('hex'))).toEqual(Array(100).fill('40020001'));
    const outbox = new Outbox(new Spaces());
    outbox.pushAck(0x40, 1);
    const kept = outbox.take();
    expect(collect(outbox).buffer).not.toBe(kept.buffer);
    expect(kept.toString('hex')).toBe('40020001');
  });
});
