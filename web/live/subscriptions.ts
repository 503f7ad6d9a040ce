import { houseChangedTopic } from '../../shared/api/names.ts';
import type { House } from '../../shared/house/house.ts';
import { stateTopics } from '../../shared/tile/fold.ts';

/** Which topics this page wants, counted, because tiles and pages may want the same one. */
export interface Subscriptions {
  /** Every topic wanted now. */
  all(): string[];
  /** Replaces what the house's tiles want; tells what is new and what nobody wants any more. */
  setHouse(house: House): Change;
  /** A page wants these topics too. */
  add(topics: readonly string[]): Change;
  remove(topics: readonly string[]): Change;
}

export interface Change {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const housePart = (house: House): Set<string> => new Set([houseChangedTopic, ...house.tiles.flatMap(stateTopics)]);

export function createSubscriptions(): Subscriptions {
  let ofHouse = new Set<string>();
  const followed = new Map<string, number>();

  return {
    all: () => [...new Set([...ofHouse, ...followed.keys()])],
    setHouse: (house) => {
      const before = ofHouse;
      ofHouse = housePart(house);
      return {
        added: [...ofHouse].filter((topic) => !before.has(topic) && !followed.has(topic)),
        removed: [...before].filter((topic) => !ofHouse.has(topic) && !followed.has(topic)),
      };
    },
    add: (topics) => {
      const added = topics.filter((topic) => !ofHouse.has(topic) && !followed.has(topic));
      for (const topic of topics) followed.set(topic, (followed.get(topic) ?? 0) + 1);
      return { added: [...new Set(added)], removed: [] };
    },
    remove: (topics) => {
      for (const topic of topics) {
        const count = (followed.get(topic) ?? 0) - 1;
        if (count > 0) followed.set(topic, count);
        else followed.delete(topic);
      }
      const removed = topics.filter((topic) => !ofHouse.has(topic) && !followed.has(topic));
      return { added: [], removed: [...new Set(removed)] };
    },
  };
}
