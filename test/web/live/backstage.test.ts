import { describe, expect, it } from 'vitest';
import { Backstage, maxWaitMs } from '../../../web/live/backstage.ts';
import type { Incoming } from '../../../web/live/topics.ts';
import { bytes, valueTile } from '../../support/house.ts';

const frameMs = 16;

/** A page with one tile above (`seen`) and one below the fold (`below`); both may speak of `shared` too. */
function page() {
  let unseen: readonly string[] = ['below'];
  let looks = 0;
  const passed: string[] = [];
  const backstage = new Backstage(() => {
    looks++;
    return new Set(unseen);
  });
  backstage.setTiles([
    valueTile('seen', 'a', { availability: { topic: 'shared', online: '1', offline: '0' } }),
    valueTile('below', 'b', { availability: { topic: 'shared', online: '1', offline: '0' } }),
  ]);
  const write = ({ topic, payload }: Incoming, connection: number): void =>
    void passed.push(`${topic}=${new TextDecoder().decode(payload)}@${connection}`);
  return {
    passed,
    looks: () => looks,
    scrollTo: (...tiles: readonly string[]) => (unseen = tiles),
    say: (topic: string, text: string, nowMs: number, connection = 1) => {
      const message: Incoming = { topic, payload: bytes(text), atMs: nowMs, isReplay: false };
      if (!backstage.keeps(message, connection, nowMs)) write(message, connection);
    },
    frame: (nowMs: number) => backstage.pass(nowMs, write),
  };
}

/** Every topic speaks in every frame, from `fromMs` on, for a second. */
function flood(at: ReturnType<typeof page>, fromMs = 0): number {
  let nowMs = fromMs;
  for (; nowMs < fromMs + 1_000; nowMs += frameMs) {
    for (const topic of ['a', 'b', 'shared']) at.say(topic, `${nowMs}`, nowMs);
    at.frame(nowMs);
  }
  return nowMs;
}

const count = (passed: readonly string[], topic: string): number =>
  passed.filter((one) => one.startsWith(`${topic}=`)).length;

describe('what nobody sees', () => {
  it('passes a few times a second, while what is seen passes always', () => {
    const at = page();
    flood(at);
    const all = Math.ceil(1_000 / frameMs);
    expect(count(at.passed, 'a')).toBe(all);
    expect(count(at.passed, 'shared')).toBe(all);
    expect(count(at.passed, 'b')).toBeGreaterThanOrEqual(4);
    expect(count(at.passed, 'b')).toBeLessThan(10 * 8);
    expect(new Set(at.passed.filter((one) => one.startsWith('b='))).size).toBe(count(at.passed, 'b'));
  });

  it('never loses the newest, which waits for a moment only', () => {
    const at = page();
    const endMs = flood(at);
    at.say('b', 'last', endMs);
    let nowMs = endMs;
    while (at.frame(nowMs)) nowMs += frameMs;
    expect(at.passed.filter((one) => one.startsWith('b=')).at(-1)).toBe('b=last@1');
    expect(nowMs - endMs).toBeLessThanOrEqual(maxWaitMs + frameMs);
  });

  it('passes at once when it comes into view', () => {
    const at = page();
    let nowMs = flood(at);
    at.scrollTo();
    nowMs = flood(at, nowMs);
    at.passed.length = 0;
    at.say('b', 'now', nowMs);
    expect(at.passed).toEqual(['b=now@1']);
  });

  it('keeps the order and what brought each message', () => {
    const at = page();
    const endMs = flood(at);
    at.passed.length = 0;
    at.say('b', 'one', endMs, 1);
    at.say('b', 'two', endMs, 2);
    for (let nowMs = endMs; at.frame(nowMs); nowMs += frameMs);
    expect(at.passed.slice(-2)).toEqual(['b=one@1', 'b=two@2']);
  });
});

it('never looks, and never waits, while everybody speaks now and then', () => {
  const at = page();
  for (let nowMs = 0; nowMs < 10_000; nowMs += 1_000) {
    at.say('b', `${nowMs}`, nowMs);
    at.frame(nowMs);
  }
  expect(at.passed).toHaveLength(10);
  expect(at.looks()).toBe(0);
});
