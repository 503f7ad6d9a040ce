import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { flawOfError } from '../../../server/house/flaws.ts';

const check = new Ajv2020().compile({
  type: 'object',
  required: ['zones'],
  additionalProperties: false,
  properties: {
    zones: { type: 'array', maxItems: 2 },
    step: { type: 'number', minimum: 1 },
    look: { enum: ['plain', 'round'] },
  },
});

describe('a document that the kinds refuse', () => {
  it.each<[unknown, object]>([
    [{}, { path: '/zones', name: 'missing' }],
    [
      { zones: [], colour: 'red' },
      { path: '/colour', name: 'unknown' },
    ],
    [{ zones: [1, 2, 3] }, { path: '/zones', name: 'bounds', params: { expected: '<=2' } }],
    [
      { zones: [], step: 0 },
      { path: '/step', name: 'bounds', params: { expected: '>=1' } },
    ],
    [
      { zones: [], look: 'x' },
      { path: '/look', name: 'kind', params: { expected: 'plain | round' } },
    ],
    [{ zones: 7 }, { path: '/zones', name: 'other', reason: 'must be array' }],
  ])('%j', (document, flaw) => {
    expect(check(document)).toBe(false);
    expect(flawOfError(check.errors![0]!)).toMatchObject(flaw);
  });
});
