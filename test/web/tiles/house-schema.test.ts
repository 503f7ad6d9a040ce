import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { demoHouse } from '../../../server/demo/house.ts';
import { houseJsonSchema } from '../../../web/tiles/house-schema.ts';

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(houseJsonSchema());
const problems = (house: unknown): string[] => {
  validate(house);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};

const house = demoHouse('en');
const withTile = (change: object): object => ({
  ...house,
  tiles: house.tiles.map((tile, index) => (index === 0 ? { ...tile, ...change } : tile)),
});

describe('house schema', () => {
  test.each(['en', 'de'] as const)('takes the demo house in %s', (language) => {
    expect(problems(demoHouse(language))).toEqual([]);
  });

  test.each([
    ['a kind that is not in the list', { kind: 'toaster' }, '/tiles/0/kind enum'],
    ['an option the kind does not know', { options: { colour: 1 } }, '/tiles/0/options additionalProperties'],
    [
      'a role the kind does not know',
      { bindings: { steam: { type: 'boolean' } } },
      '/tiles/0/bindings additionalProperties',
    ],
    ['a role of the wrong type', { bindings: { power: { type: 'number' } } }, '/tiles/0/bindings/power/type const'],
    ['a field nobody knows', { colour: 1 }, '/tiles/0 additionalProperties'],
  ])('names %s', (_name, change, problem) => {
    expect(problems(withTile(change))).toContain(problem);
  });
});
