import { describe, expect, test } from 'vitest';
import { exposition } from '../../../server/metrics/exposition.ts';
import { readExposition } from '../../support/exposition.ts';

describe('the text format', () => {
  test('names, types and labels, as Prometheus wants them', () => {
    const text = exposition([
      { name: 'a_total', help: 'How many.', type: 'counter', samples: [{ value: 1 }] },
      {
        name: 'b',
        help: 'Two\nlines and a \\.',
        type: 'gauge',
        samples: [
          { labels: { place: 'a "b"\n\\c', n: 1 }, value: 0.5 },
          { labels: { place: 'd' }, value: -2 },
        ],
      },
    ]);
    expect(text).toBe(
      [
        '# HELP a_total How many.',
        '# TYPE a_total counter',
        'a_total 1',
        '# HELP b Two\\nlines and a \\\\.',
        '# TYPE b gauge',
        'b{place="a \\"b\\"\\n\\\\c",n="1"} 0.5',
        'b{place="d"} -2',
        '',
      ].join('\n'),
    );
    expect(readExposition(text)[1]?.samples[0]?.labels).toEqual({ place: 'a "b"\n\\c', n: '1' });
  });

  test('buckets are added up and end with infinity', () => {
    const buckets = { bounds: [0.001, 0.5], counts: [3, 0, 2], sum: 1.5 };
    expect(exposition([{ name: 'c_seconds', help: 'Times.', type: 'histogram', buckets }])).toBe(
      [
        '# HELP c_seconds Times.',
        '# TYPE c_seconds histogram',
        'c_seconds_bucket{le="0.001"} 3',
        'c_seconds_bucket{le="0.5"} 3',
        'c_seconds_bucket{le="+Inf"} 5',
        'c_seconds_sum 1.5',
        'c_seconds_count 5',
        '',
      ].join('\n'),
    );
  });
});

describe('the reader of these tests refuses', () => {
  test.each([
    ['a sample without a type', 'a 1\n'],
    ['a type without help', '# TYPE a gauge\na 1\n'],
    ['a family that is there twice', '# HELP a x\n# TYPE a gauge\n# HELP a x\n# TYPE a gauge\n'],
    ['a series that is there twice', '# HELP a x\n# TYPE a gauge\na 1\na 2\n'],
    ['a stranger', '# HELP a x\n# TYPE a gauge\nb 1\n'],
    ['a quote in a label', '# HELP a x\n# TYPE a gauge\na{b="c"d"} 1\n'],
    ['a value that is none', '# HELP a x\n# TYPE a gauge\na NaN\n'],
    ['an open end', '# HELP a x\n# TYPE a gauge\na 1'],
  ])('%s', (_name, text) => {
    expect(() => readExposition(text)).toThrow();
  });
});
