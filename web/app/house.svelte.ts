import type { HouseReply, Snapshot } from '../../shared/api/contract.ts';
import { mergeHouses, type Choice, type Conflict } from '../../shared/house/merge.ts';
import type { House } from '../../shared/house/house.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Api } from './api.ts';
import type { ConflictQuestion, HouseStore } from './context.ts';
import type { Failure } from './failure.ts';

const housePath = '/api/house';
/** Somebody who saves without pause must not keep others waiting for ever. */
const maxTries = 5;

type Revision = Pick<HouseReply, 'revision' | 'house'>;
type Saved = Result<{ readonly merged: boolean }, Failure>;

export interface HouseOptions {
  readonly api: Pick<Api, 'get' | 'put'>;
  readonly first: Pick<Snapshot, 'revision' | 'house' | 'icons'>;
  readonly onChange: (house: House) => void;
}

/** The arrangement: the newest known revision, and saving over what others saved meanwhile. */
export class HouseKeeper implements HouseStore {
  readonly #options: HouseOptions;
  #known: Revision = $state.raw({ revision: 0, house: { version: 1, name: '', rooms: [], tiles: [] } });
  #icons: Readonly<Record<string, string>> = $state.raw({});
  #question: ConflictQuestion | undefined = $state.raw();
  /** Saves of this page go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: HouseOptions) {
    this.#options = options;
    this.#known = { revision: options.first.revision, house: options.first.house };
    this.#icons = options.first.icons;
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
    this.#last = mine;
    return mine;
  }

  addIcons(more: Readonly<Record<string, string>>): void {
    this.#icons = { ...this.#icons, ...more };
  }

  /** Takes what the server has, unless this page knows something newer. */
  adopt(newer: Pick<Snapshot, 'revision' | 'house' | 'icons'>): void {
    this.addIcons(newer.icons);
    if (newer.revision > this.revision) this.#set(newer);
  }

  #set({ revision, house }: Revision): void {
    this.#known = { revision, house };
    this.#options.onChange(house);
  }

  async #save(change: (house: House) => House): Promise<Saved> {
    let base = this.#known;
    let mine = change(base.house);
    for (let tries = 0; tries < maxTries; tries++) {
      const saved = await this.#put(base.revision, mine);
      if (saved.ok) {
        this.#set(saved.value);
        return ok({ merged: tries > 0 });
      }
      if (saved.error.code !== 'stale-revision') return saved;
      const current = await this.#options.api.get<HouseReply>(housePath);
      if (!current.ok) return fail(named(current.error));
      const merged = await this.#merge(base.house, mine, current.value.house);
      if (!merged) {
        this.#set(current.value);
        return saved;
      }
      base = current.value;
      mine = merged;
    }
    return fail({ code: 'stale-revision', message: 'Others kept saving.' });
  }

  async #put(baseRevision: number, house: House): Promise<Result<HouseReply, Failure>> {
    const saved = await this.#options.api.put<HouseReply>(housePath, { baseRevision, house });
    return saved.ok ? saved : fail(named(saved.error));
  }

  /** Lays `mine` over what others saved since `base`; undefined = given up. */
  async #merge(base: House, mine: House, theirs: House): Promise<House | undefined> {
    const merged = mergeHouses(base, mine, theirs);
    if (merged.conflicts.length === 0) return merged.house;
    const choices = await this.#ask(merged.conflicts);
    return choices && mergeHouses(base, mine, theirs, choices).house;
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

/** While saving, "no connection" has its own sentence. */
const named = (failure: Failure): Failure =>
  failure.code === 'unreachable' ? { ...failure, code: 'not-saved' } : failure;
