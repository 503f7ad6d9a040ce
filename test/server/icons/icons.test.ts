import { describe, expect, it } from 'vitest';
import { maxIconHits } from '../../../shared/api/contract.ts';
import { createIconSet } from '../../../server/icons/icon-set.ts';

const set = createIconSet(undefined, () => 0);
const names = (icons: readonly { readonly name: string }[]): string[] => icons.map(({ name }) => name);

describe('the search for icons', () => {
  it.each([
    ['lamp', 'lamp'],
    ['Stehlampe', 'floor-lamp'],
    ['Steckdose', 'power-socket'],
    ['washing machine', 'washing-machine'],
    ['Kühlschrank', 'fridge'],
  ])('finds for %s first of all %s', (text, name) => {
    expect(names(set.search(text).icons)[0]).toBe(name);
  });

  it('finds only what has every word, and counts', () => {
    const { icons, found, all } = set.search('lamp off');
    expect(icons.length).toBe(Math.min(found, maxIconHits));
    expect(found).toBeLessThan(all);
    expect(names(icons).every((name) => name.includes('off'))).toBe(true);
    expect(set.search('gibtesnicht')).toMatchObject({ icons: [], found: 0 });
  });

  it('begins with what belongs into a home', () => {
    expect(names(set.search('').icons)).toContain('blinds');
  });

  it.each([
    ['TV socket', ['tv', 'socket']],
    ['Lampe über dem Esstisch', ['lamp', 'lightbulb']],
    ['Ceiling light', ['ceiling', 'light']],
  ])('fits the name %s by one of its words', (text, parts) => {
    const first = names(set.fitting(text).icons).slice(0, 6);
    expect(first).toHaveLength(6);
    expect(first.every((name) => parts.some((part) => name.includes(part)))).toBe(true);
  });
});
