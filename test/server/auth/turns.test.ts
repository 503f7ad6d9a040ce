import { describe, expect, test } from 'vitest';
import { createTurns, type Place } from '../../../server/auth/turns.ts';

/** Turns of which one runs at a time, and what ran in which order. Nothing ends before it is told to. */
function scene() {
  const inTurn = createTurns({ maxRunning: 1 });
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const join = (place: Place, name: string) =>
    inTurn(place, async () => {
      order.push(name);
      await new Promise<void>((end) => ends.push(end));
      return name;
    });
  const runAll = async (): Promise<void> => {
    const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    await settled();
    for (let end = ends.shift(); end; end = ends.shift()) {
      end();
      await settled();
    }
  };
  return { join, order, runAll };
}
const person = (address: string): Place => ({ line: 'person', address });
const device = (name: string, address = '192.0.2.1'): Place => ({ line: 'device', name, address });

describe('turns', () => {
  test('a thousand devices behind one address all get theirs', async () => {
    const { join, order, runAll } = scene();
    const all = Array.from({ length: 1_000 }, (_, index) => join(device(`device-${index}`), `${index}`));
    await runAll();
    expect((await Promise.all(all)).every(({ ok }) => ok)).toBe(true);
    expect(order).toHaveLength(1_000);
  });

  test('a person waits for one device at most, and the devices go on', async () => {
    const { join, order, runAll } = scene();
    for (let index = 0; index < 5; index++) void join(device(`device-${index}`), `device-${index}`);
    for (let index = 0; index < 3; index++) void join(person('192.0.2.9'), `person-${index}`);
    await runAll();
    expect(order).toEqual([
      'device-0',
      'person-0',
      'device-1',
      'person-1',
      'device-2',
      'person-2',
      'device-3',
      'device-4',
    ]);
  });

  test('guessing for one device holds up no other', async () => {
    const { join, order, runAll } = scene();
    const guesses = Array.from({ length: 100 }, (_, index) => join(device('lamp', `198.51.100.${index}`), 'guess'));
    void join(device('plug'), 'plug');
    await runAll();
    expect(order.indexOf('plug')).toBeLessThan(3);
    const refused = (await Promise.all(guesses)).filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(90);
  });

  test('guessing from one address leaves room for the device itself', async () => {
    const { join, runAll } = scene();
    for (let index = 0; index < 100; index++) void join(device('lamp', '198.51.100.1'), 'guess');
    const own = join(device('lamp', '192.168.1.20'), 'own');
    await runAll();
    expect((await own).ok).toBe(true);
  });

  test('a flood of people from one address pushes nobody out', async () => {
    const { join, order, runAll } = scene();
    const flood = Array.from({ length: 100 }, () => join(person('198.51.100.1'), 'flood'));
    void join(person('192.168.1.20'), 'neighbour');
    await runAll();
    expect(order.indexOf('neighbour')).toBeLessThan(3);
    expect((await Promise.all(flood)).filter(({ ok }) => ok)).toHaveLength(5);
  });

  test('what has time waits until nobody else does', async () => {
    const { join, order, runAll } = scene();
    void join(device('first'), 'first');
    void join({ line: 'later', name: 'lamp' }, 'later');
    void join(device('second'), 'second');
    void join(person('192.0.2.9'), 'person');
    await runAll();
    expect(order.at(-1)).toBe('later');
  });

  test('work that fails gives its turn on', async () => {
    const inTurn = createTurns({ maxRunning: 1 });
    await expect(inTurn(person('192.0.2.9'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn(person('192.0.2.9'), () => Promise.resolve('yes'))).toEqual({ ok: true, value: 'yes' });
  });
});
