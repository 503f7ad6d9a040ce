import { describe, expect, it } from 'vitest';
import type { TopicValue } from '../../../shared/api/contract.ts';
import { createTileStates } from '../../../web/live/tile-states.ts';
import { limitsOf } from '../../../web/tiles/limits-of.ts';
import { createTopics, maxTopics, type Topics } from '../../../web/live/topics.ts';
import { bytes, lamp } from '../../support/house.ts';

const value = (text: string, atMs: number, more: Partial<TopicValue> = {}): TopicValue => ({
  topic: 't',
  text,
  atMs,
  retained: false,
  ...more,
});
const live = (topics: Topics, text: string, atMs: number): void =>
  topics.receive({ topic: 't', payload: bytes(text), atMs, isReplay: false }, 1);

describe('topics', () => {
  it('shows what came live after the next frame, newest last', () => {
    const topics = createTopics();
    live(topics, 'a', 1);
    live(topics, 'b', 2);
    expect(topics.newest('t')).toBeUndefined();
    topics.flush();
    expect(topics.newest('t')).toMatchObject({ text: 'b', atMs: 2 });
  });

  it('lays a snapshot under what this connection brought, whatever the clocks say', () => {
    const topics = createTopics();
    topics.lay([value('first', 100)], 0);
    live(topics, 'newer', 50);
    topics.flush();
    topics.lay([value('older', 200, { usualIntervalMs: 7 })], 1);
    expect(topics.newest('t')).toMatchObject({ text: 'newer', usualIntervalMs: 7 });
  });

  it('takes author and time from the server when the message is the same', () => {
    const topics = createTopics();
    live(topics, 'ON', 105);
    topics.flush();
    topics.lay([value('ON', 100, { by: 'Hall socket' })], 1);
    expect(topics.newest('t')).toMatchObject({ text: 'ON', atMs: 100, by: 'Hall socket' });
  });

  it('takes the snapshot over what an earlier connection brought', () => {
    const topics = createTopics();
    live(topics, 'before the gap', 100);
    topics.flush();
    topics.lay([value('during the gap', 200)], 2);
    expect(topics.newest('t')?.text).toBe('during the gap');
  });

  it('lets a retained message that is already known keep its true time', () => {
    const topics = createTopics();
    topics.lay([value('ON', 100)], 0);
    topics.receive({ topic: 't', payload: bytes('ON'), atMs: 900, isReplay: true }, 1);
    topics.flush();
    expect(topics.newest('t')?.atMs).toBe(100);
  });

  it('stays bounded at 5,000 messages a second', () => {
    const topics = createTopics();
    for (let index = 0; index < 5_000; index++) live(topics, String(index), index);
    topics.flush();
    expect(topics.get('t')?.reports.length).toBeLessThanOrEqual(8);
    expect(topics.newest('t')?.text).toBe('4999');
    for (let index = 0; index < maxTopics + 10; index++) {
      topics.receive({ topic: `x/${index}`, payload: bytes('1'), atMs: 1, isReplay: false }, 1);
    }
    topics.flush();
    expect(topics.all()).toHaveLength(maxTopics);
  });

  it('carries bytes that are not text', () => {
    const topics = createTopics();
    const payload = Uint8Array.of(0xff, 0xfe, 0);
    topics.receive({ topic: 't', payload, atMs: 1, isReplay: false }, 1);
    topics.flush();
    const shown = topics.newest('t')!;
    expect(shown.base64).toBe('//4A');
    topics.lay([{ ...shown, topic: 'u' }], 1);
    expect([...topics.get('u')!.reports[0]!.payload]).toEqual([...payload]);
  });
});

describe('tile states', () => {
  const facts = { command: undefined, nowMs: 1_000, isLive: true, isConnecting: false };

  it('reads several shapes on one topic, also within one frame', () => {
    const topics = createTopics();
    const stateOf = createTileStates((topic) => topics.get(topic));
    const sensor = lamp({ bindings: { value: { type: 'number', stateTopic: 't', path: 'temperature' } } });
    live(topics, '{"temperature":21.5}', 10);
    live(topics, '{"battery":80}', 20);
    topics.flush();
    expect(stateOf(sensor, facts).roles['value']).toMatchObject({ value: 21.5 });
    live(topics, '{"battery":79}', 30);
    topics.flush();
    expect(stateOf(sensor, facts).roles['value']).toMatchObject({ value: 21.5 });
  });

  it('keeps the roles object while nothing changed', () => {
    const topics = createTopics();
    const stateOf = createTileStates((topic) => topics.get(topic));
    const tile = lamp();
    topics.lay([value('ON', 10, { topic: 'home/lamp' })], 0);
    const first = stateOf(tile, facts).roles;
    expect(first['power']).toMatchObject({ value: true });
    expect(stateOf(tile, { ...facts, nowMs: 2_000 }).roles).toBe(first);
  });

  it('knows when a device is away', () => {
    const topics = createTopics();
    const stateOf = createTileStates((topic) => topics.get(topic));
    const tile = lamp({ availability: { topic: 'lwt' } });
    expect(stateOf(tile, facts).isAvailable).toBe(true);
    topics.lay([value('offline', 77, { topic: 'lwt' })], 0);
    expect(stateOf(tile, facts)).toMatchObject({ isAvailable: false, unavailableSinceMs: 77 });
  });

  it('leave a zone only well beyond its limit, or 30 s after its last message', () => {
    const topics = createTopics();
    const stateOf = createTileStates((topic) => topics.get(topic), limitsOf);
    const zones = [{ word: 'Good' }, { from: 800, word: 'Stale' }].map((zone) => ({ ...zone, domain: 'moss' }));
    const gauge = lamp({
      kind: 'gauge',
      bindings: { value: { type: 'number', stateTopic: 't', min: 400, max: 2_000 } },
      options: { zones },
    });
    const zoneAfter = (payload: string, atMs: number): number | undefined => {
      live(topics, payload, atMs);
      topics.flush();
      return stateOf(gauge, { ...facts, nowMs: atMs }).roles['value']?.zone;
    };
    expect([zoneAfter('790', 0), zoneAfter('805', 1_000), zoneAfter('832', 2_000)]).toEqual([0, 0, 1]);
    expect([zoneAfter('790', 3_000), zoneAfter('broken', 4_000)]).toEqual([1, 1]);
    const zoneAt = (nowMs: number): number | undefined => stateOf(gauge, { ...facts, nowMs }).roles['value']?.zone;
    expect([zoneAt(32_999), zoneAt(33_000), zoneAt(33_001)]).toEqual([1, 0, 0]);
  });

  it('looks old by the usual interval of the topic', () => {
    const topics = createTopics();
    const stateOf = createTileStates((topic) => topics.get(topic));
    topics.lay([value('ON', 0, { topic: 'home/lamp', usualIntervalMs: 60_000 })], 0);
    expect(stateOf(lamp(), { ...facts, nowMs: 140_000 }).freshness).toBe('fresh');
    expect(stateOf(lamp(), { ...facts, nowMs: 151_000 })).toMatchObject({ freshness: 'old', ageMs: 151_000 });
  });
});
