import { describe, expect, it } from 'vitest';
import { addSample, bucketMs, downsample, sampleOf, seriesKey } from '../../../shared/history/series.ts';
import { encodeUtf8 } from '../../../shared/payload/text.ts';

describe('series', () => {
  it('names a series by what is read, not by the tile', () => {
    const temperature = { type: 'number', stateTopic: 't', path: 'a' } as const;
    expect(seriesKey(temperature)).toBe(seriesKey({ ...temperature, unit: '°C', scale: 0.1 }));
    expect(seriesKey(temperature)).not.toBe(seriesKey({ ...temperature, path: 'b' }));
    expect(seriesKey({ type: 'boolean', stateTopic: 't', on: '1' })).not.toBe(
      seriesKey({ type: 'boolean', stateTopic: 't' }),
    );
    expect(seriesKey({ type: 'text', stateTopic: 't' })).toBeUndefined();
    expect(seriesKey({ type: 'number', commandTopic: 't' })).toBeUndefined();
  });
  it.each([
    [{ type: 'number', scale: 0.1 } as const, '215', 215],
    [{ type: 'boolean' } as const, 'ON', 1],
    [{ type: 'boolean' } as const, 'OFF', 0],
    [{ type: 'boolean' } as const, 'maybe', undefined],
    [{ type: 'number' } as const, 'nan', undefined],
    [{ type: 'text' } as const, '5', undefined],
  ])('samples %j %s as %s', (binding, payload, expected) =>
    expect(sampleOf(binding, encodeUtf8(payload))).toBe(expected),
  );
  it('keeps minimum and maximum per minute, and a bound', () => {
    let points = addSample([], 1_000, 5);
    points = addSample(points, 2_000, 9);
    points = addSample(points, 59_000, 1);
    expect(points).toEqual([[0, 1, 9]]);
    points = addSample(points, bucketMs, 4);
    expect(points).toHaveLength(2);
    expect(addSample(points, 3 * bucketMs, 7, 2)).toEqual([
      [bucketMs, 4, 4],
      [3 * bucketMs, 7, 7],
    ]);
    expect(addSample(points, 5, 3)).toEqual([
      [0, 1, 9],
      [bucketMs, 3, 4],
    ]);
  });
  it('joins buckets to at most the wanted count and keeps gaps', () => {
    const points = Array.from({ length: 360 }, (_, i) => [i * bucketMs, i, i + 1] as const).filter(
      (_, i) => i < 100 || i > 200,
    );
    const joined = downsample(points, { fromMs: 0, toMs: 360 * bucketMs, count: 36 });
    expect(joined.length).toBeLessThanOrEqual(36);
    expect(joined[0]).toEqual([0, 0, 10]);
    expect(joined.some(([atMs]) => atMs > 100 * bucketMs && atMs < 190 * bucketMs)).toBe(false);
  });
});
