import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Farewells } from '../../../server/broker/listen/farewells.ts';

/** Both ends of TCP connections that go on sending after the other side has ended. */
const connections = async (count: number) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const open = async (): Promise<{ ours: Socket; theirs: Socket }> => {
    const taken = once(server, 'connection') as Promise<[Socket]>;
    const theirs = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
    const [[ours]] = await Promise.all([taken, once(theirs, 'connect')]);
    for (const socket of [ours, theirs]) socket.on('error', () => undefined);
    return { ours, theirs };
  };
  const pairs: { ours: Socket; theirs: Socket }[] = [];
  for (let index = 0; index < count; index++) pairs.push(await open());
  onTestFinished(() => {
    for (const { ours, theirs } of pairs) for (const socket of [ours, theirs]) socket.destroy();
    server.close();
  });
  return pairs;
};

const connection = async (): Promise<{ ours: Socket; theirs: Socket }> => {
  const [pair] = await connections(1);
  if (!pair) throw new Error('no connection');
  return pair;
};

const fakeTimers = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
};

/** Our side has said its last word, and the other has read it and that nothing follows. */
const sayTo = async (farewells: Farewells, { ours, theirs }: { ours: Socket; theirs: Socket }): Promise<void> => {
  const ended = once(theirs.resume(), 'end');
  ours.write('last word');
  farewells.say(ours);
  await ended;
};

test('what a peer still sends is read, and the connection is over when it ends its side', async () => {
  fakeTimers();
  const { ours, theirs } = await connection();
  await sayTo(new Farewells(), { ours, theirs });
  expect(theirs.bytesRead).toBe('last word'.length);
  for (const word of ['not', 'heard']) {
    const heard = once(ours, 'data');
    theirs.write(word);
    expect(String((await heard)[0])).toBe(word);
  }
  const closed = once(ours, 'close');
  theirs.end();
  await closed;
  expect(vi.getTimerCount()).toBe(0);
});

test('a peer that never ends is cut off after two seconds, and one that does not read after five', async () => {
  fakeTimers();
  const [quick, slow] = await connections(2);
  const farewells = new Farewells();
  if (!quick || !slow) throw new Error('no connections');
  await sayTo(farewells, quick);
  slow.ours.write(Buffer.alloc(64 * 1024 * 1024));
  farewells.say(slow.ours);
  vi.advanceTimersByTime(1_999);
  expect([quick.ours.destroyed, slow.ours.destroyed]).toEqual([false, false]);
  vi.advanceTimersByTime(1);
  expect([quick.ours.destroyed, slow.ours.destroyed]).toEqual([true, false]);
  vi.advanceTimersByTime(3_000);
  expect(slow.ours.destroyed).toBe(true);
});

test('a peer that sends no end of bytes is cut off', async () => {
  fakeTimers();
  const { ours, theirs } = await connection();
  await sayTo(new Farewells(), { ours, theirs });
  const closed = once(ours, 'close');
  const send = (): void => void theirs.write(Buffer.alloc(64 * 1024), (error) => !error && send());
  send();
  await closed;
  expect(ours.bytesRead).toBeGreaterThan(256 * 1024);
});

test('a hundred are waited for; one more cuts off the oldest', async () => {
  fakeTimers();
  const pairs = await connections(102);
  const farewells = new Farewells();
  const closed = pairs.slice(0, 2).map(({ ours }) => once(ours, 'close'));
  await Promise.all(pairs.map((pair) => sayTo(farewells, pair)));
  await Promise.all(closed);
  expect(pairs.map(({ ours }) => ours.destroyed)).toEqual([true, true, ...Array<boolean>(100).fill(false)]);
});

test('when listening is over, nobody is waited for', async () => {
  fakeTimers();
  const [before, after] = await connections(2);
  const farewells = new Farewells();
  if (!before || !after) throw new Error('no connections');
  await sayTo(farewells, before);
  const closed = [once(before.ours, 'close'), once(after.ours, 'close')];
  farewells.dispose();
  await sayTo(farewells, after);
  await Promise.all(closed);
  expect(after.theirs.bytesRead).toBe('last word'.length);
  expect(vi.getTimerCount()).toBe(0);
});
