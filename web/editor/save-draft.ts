import type { House } from '../../shared/house/house.ts';
import { mergeHouses, type Choice, type Conflict } from '../../shared/house/merge.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { HouseStore } from '../app/context.ts';
import type { Failure } from '../app/failure.ts';

export type Choices = Readonly<Record<string, Choice>>;

export interface DraftSave {
  readonly store: Pick<HouseStore, 'house' | 'save'>;
  /** The house when editing began. */
  readonly base: House;
  readonly draft: House;
  /** Asks mine or theirs; undefined = given up. */
  readonly ask: (conflicts: readonly Conflict[]) => Promise<Choices | undefined>;
}

/**
 * Saves a draft over whatever others saved since editing began: what only they changed stays, what both changed is asked for.
 * `given-up` keeps the draft.
 */
export async function saveDraft({ store, base, draft, ask }: DraftSave): Promise<Result<void, Failure | 'given-up'>> {
  const { conflicts } = mergeHouses(base, draft, store.house);
  const choices = conflicts.length === 0 ? {} : await ask(conflicts);
  if (!choices) return fail('given-up');
  const saved = await store.save((newest) => mergeHouses(base, draft, newest, choices).house);
  if (saved.ok) return ok(undefined);
  // The store asks for conflicts of its own; when the person gives up there it says so with this code.
  return fail(saved.error.code === 'stale-revision' ? 'given-up' : saved.error);
}
