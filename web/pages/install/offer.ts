/** When the page offers by itself to be put on the home screen: once, from the third visit on. Anybody finds it in the settings. */

/** A keep that ends with the visit, and one that stays. */
export interface OfferPlaces {
  readonly visit: Pick<Storage, 'getItem' | 'setItem'>;
  readonly stays: Pick<Storage, 'getItem' | 'setItem'>;
}

const visitsKey = 'kachel-visits';
const visitKey = 'kachel-visit';
const askedKey = 'kachel-install-asked';
const fromVisit = 3;

/** Counts this visit (a reload is no new one) and says whether the question is due. */
export function isOfferDue({ visit, stays }: OfferPlaces): boolean {
  try {
    const before = Number(stays.getItem(visitsKey)) || 0;
    const isNew = visit.getItem(visitKey) === null;
    const visits = Math.min(fromVisit, before + (isNew ? 1 : 0));
    if (isNew) {
      visit.setItem(visitKey, '1');
      stays.setItem(visitsKey, String(visits));
    }
    return visits >= fromVisit && stays.getItem(askedKey) === null;
  } catch {
    return false; // Nothing can be kept: it would ask at each visit.
  }
}

export function noteAsked({ stays }: OfferPlaces): void {
  try {
    stays.setItem(askedKey, '1');
  } catch {
    // As above.
  }
}
