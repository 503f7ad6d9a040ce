import { describe, expect, it } from 'vitest';
import { isOfferDue, noteAsked, type OfferPlaces } from '../../../web/pages/install/offer.ts';

const place = (): OfferPlaces['stays'] => {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
};

describe('the offer to install', () => {
  it('comes with the third visit, a reload is none', () => {
    const stays = place();
    const first = place();
    expect(isOfferDue({ stays, visit: first })).toBe(false);
    expect(isOfferDue({ stays, visit: first })).toBe(false);
    expect(isOfferDue({ stays, visit: place() })).toBe(false);
    expect(isOfferDue({ stays, visit: place() })).toBe(true);
    expect(isOfferDue({ stays, visit: place() })).toBe(true);
  });

  it('comes once', () => {
    const stays = place();
    for (let visit = 0; visit < 3; visit++) isOfferDue({ stays, visit: place() });
    noteAsked({ stays, visit: place() });
    expect(isOfferDue({ stays, visit: place() })).toBe(false);
  });

  it('never comes where nothing can be kept', () => {
    const closed = {
      getItem: () => null,
      setItem: () => {
        throw new Error('forbidden');
      },
    };
    expect(isOfferDue({ stays: closed, visit: closed })).toBe(false);
    expect(() => noteAsked({ stays: closed, visit: closed })).not.toThrow();
  });
});
