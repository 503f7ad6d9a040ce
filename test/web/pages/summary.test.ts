import { describe, expect, test } from 'vitest';
import type { Tile } from '../../../shared/house/house.ts';
import { chipsOf, shortReading, summarize } from '../../../web/pages/summary.ts';
import type { TileSummary } from '../../../web/tiles/define.ts';

const tile = (id: string): Tile => ({ id, roomId: 'living', kind: 'light', title: id, bindings: {}, options: {} });
const entry = (id: string, summary?: TileSummary) => ({ tile: tile(id), summary });

const room = [
  entry('note'),
  entry('ceiling', { counts: 'light', isCounted: true }),
  entry('shelf', { counts: 'light', isCounted: false }),
  entry('leak', { counts: 'alert', isCounted: true }),
  entry('window', { counts: 'opening', isCounted: true }),
  entry('battery', { counts: 'battery', isCounted: true }),
  entry('humidity', { reading: { quantity: 'humidity', text: '45 %' } }),
  entry('temperature', { reading: { quantity: 'temperature', text: '21.5 °C' } }),
  entry('second', { reading: { quantity: 'temperature', text: '19.0 °C' } }),
];

describe('summarize', () => {
  const summary = summarize(room);

  test('takes the first reading of each quantity', () => {
    expect(summary.temperature).toBe('21.5 °C');
    expect(summary.humidity).toBe('45 %');
  });

  test('knows all lights and which are on', () => {
    expect(summary.lights.map(({ id }) => id)).toEqual(['ceiling', 'shelf']);
    expect(summary.lightsOn.map(({ id }) => id)).toEqual(['ceiling']);
  });

  test('makes chips in the order lights, openings, alerts', () => {
    const chips = chipsOf(summary).map((chip) => [chip.topic, chip.tiles.map(({ id }) => id)]);
    expect(chips).toEqual([
      ['lights', ['ceiling']],
      ['openings', ['window']],
      ['alerts', ['leak', 'battery']],
    ]);
  });

  test('says nothing about a quiet room', () => {
    expect(chipsOf(summarize([entry('shelf', { counts: 'light', isCounted: false })]))).toEqual([]);
    expect(summarize([]).temperature).toBeUndefined();
  });
});

test.each([
  ['21.5 °C', '21.5°'],
  ['21,5\u00a0°C', '21,5°'],
  ['45 %', '45 %'],
])('%s shortens to %s', (text, short) => {
  expect(shortReading(text)).toBe(short);
});
