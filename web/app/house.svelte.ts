import type { Snapshot } from '../../shared/api/contract.ts';
import type { Choice, Conflict } from '../../shared/house/merge.ts';
import type { House } from '../../shared/house/house.ts';
import type { Api } from './api.ts';
import type { ConflictQuestion, HouseStore } from './context.ts';
import type { Revision, Saved } from './save-house.ts';

export interface HouseOptions {
  readonly api: Pick<Api, 'get' | 'put'>;
  readonly first: Pick<Snapshot, 'revision' | 'house' | 'icons'>;
  readonly onChange: (house: House) => void;
}

/** The arrangement: the newest known revision, and saving over what others saved meanwhile. */
export class HouseKeeper implements HouseStore {
  readonly #options: HouseOptions;
  #known: Revision;
  #icons: Readonly<Record<string, string>>;
  #question: ConflictQuestion | undefined = $state.raw();
  /** Saves of this page go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: HouseOptions) {
    this.#options = options;
    this.#known = $state.raw(options.first);
    this.#icons = $state.raw(options.first.icons);
  }

  get house(): House {
    return this.#known.house;
  }

  get revision(): number {
    return this.#known.revision;
  }

  get icons(): Readonly<Record<string, string>> {
    return this.#icons;
  }

  get question(): ConflictQuestion | undefined {
    return this.#question;
  }

  save(change: (house: House) => House): Promise<Saved> {
    const mine = this.#last.then(() => this.#save(change));
    // One that failed unexpectedly does not hold up those after it.
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  addIcons(more: Readonly<Record<string, string>>): void {
    this.#icons = { ...this.#icons, ...more };
  }

  /** Takes what the server has, unless this page knows something newer. */
  adopt(newer: Pick<Snapshot, 'revision' | 'house' | 'icons'>): void {
    this.addIcons(newer.icons);
    if (newer.revision > this.revision || (newer.revision === this.revision && showsOther(newer.house, this.house)))
      this.#set(newer);
  }

  #set({ revision, house }: Revision): void {
    this.#known = { revision, house };
    this.#options.onChange(house);
  }

  async #save(change: (house: House) => House): Promise<Saved> {
    // Merging is needed only by those who edit.
    const [{ saveHouse }, { kindIcons }] = await Promise.all([import('./save-house.ts'), import('../tiles/icons.ts')]);
    // A tile of a new kind is drawn before the server has sent the icons it may show.
    this.addIcons(kindIcons);
    return saveHouse({
      api: this.#options.api,
      base: this.#known,
      change,
      onNewer: (newer) => this.#set(newer),
      ask: (conflicts) => this.#ask(conflicts),
    });
  }

  #ask(conflicts: readonly Conflict[]): Promise<Readonly<Record<string, Choice>> | undefined> {
    return new Promise((resolve) => {
      this.#question = {
        conflicts,
        answer: (choices) => {
          this.#question = undefined;
          resolve(choices);
        },
      };
    });
  }
}

const partsOf = ({ rooms, tiles }: House): string =>
  JSON.stringify([rooms, tiles].map((parts) => parts.map(({ id }) => id)));

/** The same revision shows other rooms and tiles after somebody's rights changed. */
const showsOther = (newer: House, known: House): boolean => partsOf(newer) !== partsOf(known);
