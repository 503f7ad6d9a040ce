import { describe, expect, it } from 'vitest';
import type { LiveTopic } from '../../../shared/api/contract.ts';
import { guessTopic } from '../../../shared/discovery/guess-topic.ts';
import { defaultSize, emptyTile, needsTest, suggestTile } from '../../../web/editor/add/new-tile.ts';
import { findRows, topicRows } from '../../../web/editor/add/topic-list.ts';
import { tileKinds } from '../../../web/tiles/registry.ts';
import { planOf } from '../../../web/tiles/plans.ts';

const live = (topic: string, text: string): LiveTopic => ({
  topic,
  text,
  atMs: 1,
  retained: false,
  count: 2,
  samples: [text],
});
const topics = [
  live('esp32/boiler/state', 'ON'),
  live('esp32/boiler/set', 'ON'),
  live('house/rooms/wc/sensors/temperature', '22.5'),
  live('zigbee2mqtt/living/ceiling', '{"state":"ON","brightness":158,"linkquality":80}'),
  live('tele/plug/LWT', 'Online'),
];
const input = { roomId: 'living', suffix: 'ab12' };

describe('live topics', () => {
  const rows = topicRows(topics, { id: 'living', name: 'Living' });
  it('drops last wills, keeps commands only for the search, this room first', () => {
    expect(findRows(rows, '').map((row) => row.topic.topic)).toEqual([
      'zigbee2mqtt/living/ceiling',
      'esp32/boiler/state',
      'house/rooms/wc/sensors/temperature',
    ]);
    expect(findRows(rows, 'boiler').map((row) => row.topic.topic)).toEqual(['esp32/boiler/state', 'esp32/boiler/set']);
  });
  it.each([
    ['TEMPERATURE wc', 'house/rooms/wc/sensors/temperature'],
    ['ceiling', 'zigbee2mqtt/living/ceiling'],
  ])('finds %s', (search, topic) => expect(findRows(rows, search)[0]?.topic.topic).toBe(topic));
  it('finds nothing for nonsense', () => expect(findRows(rows, 'xyz')).toEqual([]));
});

describe('the sensible tile', () => {
  const siblings = new Map(topics.map((topic) => [topic.topic, topic.text ?? '']));
  const first = (topic: string) => {
    const [guess] = guessTopic({ topic, samples: [siblings.get(topic) ?? ''], siblings });
    return guess && suggestTile(guess, tileKinds, input);
  };
  it('is made by the kind that fits', () => {
    expect(first('house/rooms/wc/sensors/temperature')).toMatchObject({
      kind: { kind: 'gauge' },
      tile: {
        id: 'temperature-ab12',
        roomId: 'living',
        title: 'Temperature',
        bindings: { value: { unit: '°C', min: 0, max: 40 } },
      },
    });
    expect(first('zigbee2mqtt/living/ceiling')?.tile).toMatchObject({
      kind: 'light',
      bindings: { power: { path: '$.state' }, brightness: { path: '$.brightness', unit: '%' } },
    });
  });
  it('is tested first when it can switch something', () => {
    expect(needsTest(first('esp32/boiler/state')?.tile ?? { bindings: {} })).toBe(true);
    expect(needsTest(first('house/rooms/wc/sensors/temperature')?.tile ?? { bindings: {} })).toBe(false);
  });
  it('never comes from a command topic', () => expect(first('esp32/boiler/set')).toBeUndefined());
  it('has a size of its kind', () => {
    for (const kind of tileKinds) expect(kind.sizes).toContain(defaultSize(kind));
    expect(emptyTile({ kind: 'text' }, 'Text', input)).toMatchObject({ id: 'text-ab12', bindings: {} });
  });
  it.each(tileKinds.map((kind) => [kind.kind, kind] as const))('%s takes hostile guesses', (_, kind) => {
    const hostile = { widget: 'switch', topic: 'x', name: '', isSettable: false, sample: '<b>' } as const;
    expect(() => planOf(kind.kind).suggest?.(hostile)).not.toThrow();
  });
});
