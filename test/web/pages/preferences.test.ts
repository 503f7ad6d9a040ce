import { describe, expect, test } from 'vitest';
import { applyPreferences, keepPreferences, readPreferences } from '../../../web/pages/settings/preferences.ts';

function place(kept: Record<string, string> = {}) {
  const store = new Map(Object.entries(kept));
  return {
    keep: {
      read: (key: string) => store.get(key) ?? null,
      write: (key: string, value: string) => void store.set(key, value),
    },
    root: { dataset: {} as DOMStringMap, style: { fontSize: '' } },
  };
}
const plain = { textSize: 100, isBrightSun: false, isLeftHand: false };

describe('preferences', () => {
  test('nothing chosen is the plain page', () => {
    expect(readPreferences(place())).toEqual(plain);
  });

  test.each(['99', '201', 'large', ''])('a kept text size of %j counts as none', (size) => {
    expect(readPreferences(place({ 'kachel-text-scale': size })).textSize).toBe(100);
  });

  test('what is kept is read again', () => {
    const here = place();
    const chosen = { textSize: 150, isBrightSun: true, isLeftHand: true };
    keepPreferences(here, chosen);
    expect(readPreferences(here)).toEqual(chosen);
  });

  test('the page shows them and loses them again', () => {
    const here = place();
    applyPreferences(here, { textSize: 150, isBrightSun: true, isLeftHand: true });
    expect(here.root).toEqual({ dataset: { contrast: 'more', hand: 'left' }, style: { fontSize: '150%' } });
    applyPreferences(here, plain);
    expect(here.root).toEqual({ dataset: {}, style: { fontSize: '' } });
  });
});
