import type { HouseReply } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';
import { mergeHouses, type Choice, type Conflict } from '../../shared/house/merge.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Api } from './api.ts';
import type { Failure } from './failure.ts';

const housePath = '/api/house';
/** Somebody who saves without pause must not keep others waiting for ever. */
const maxTries = 5;

export type Revision = Pick<HouseReply, 'revision' | 'house'>;
export type Saved = Result<{ readonly merged: boolean }, Failure>;

export interface SaveOptions {
  readonly api: Pick<Api, 'get' | 'put'>;
  readonly base: Revision;
  readonly change: (house: House) => House;
  /** A newer revision is known: the saved one, or the other person's after giving up. */
  readonly onNewer: (revision: Revision) => void;
  /** Both changed the same fields; undefined = given up. */
  readonly ask: (conflicts: readonly Conflict[]) => Promise<Readonly<Record<string, Choice>> | undefined>;
}

/** Saves a change; when somebody saved meanwhile, merges three ways and saves again. */
export async function saveHouse(options: SaveOptions): Promise<Saved> {
  const { api, change, onNewer } = options;
  let { base } = options;
  let mine = change(base.house);
  for (let tries = 0; tries < maxTries; tries++) {
    const saved = await api.put<HouseReply>(housePath, { baseRevision: base.revision, house: mine });
    if (saved.ok) {
      onNewer(saved.value);
      return ok({ merged: tries > 0 });
    }
    if (saved.error.code !== 'stale-revision') return fail(named(saved.error));
    const current = await api.get<HouseReply>(housePath);
    if (!current.ok) return fail(named(current.error));
    const merged = await merge({ base: base.house, mine, theirs: current.value.house }, options.ask);
    if (!merged) {
      onNewer(current.value);
      return saved;
    }
    base = current.value;
    mine = merged;
  }
  return fail({ code: 'stale-revision', message: 'Others kept saving.' });
}

interface Three {
  readonly base: House;
  readonly mine: House;
  readonly theirs: House;
}

async function merge({ base, mine, theirs }: Three, ask: SaveOptions['ask']): Promise<House | undefined> {
  const merged = mergeHouses(base, mine, theirs);
  if (merged.conflicts.length === 0) return merged.house;
  const choices = await ask(merged.conflicts);
  return choices && mergeHouses(base, mine, theirs, choices).house;
}

/** While saving, "no connection" has its own sentence. */
const named = (failure: Failure): Failure =>
  failure.code === 'unreachable' ? { ...failure, code: 'not-saved' } : failure;
