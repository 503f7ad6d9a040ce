import type { Conflict } from '../../shared/house/merge.ts';
import type { ConflictQuestion } from '../app/context.ts';
import type { Choices } from './save-draft.ts';

/** Holds the one open question of a page: mine or theirs. */
export class Asker {
  #question = $state.raw<ConflictQuestion | undefined>(undefined);

  get question(): ConflictQuestion | undefined {
    return this.#question;
  }

  readonly ask = (conflicts: readonly Conflict[]): Promise<Choices | undefined> =>
    new Promise((resolve) => {
      this.#question = {
        conflicts,
        answer: (choices) => {
          this.#question = undefined;
          resolve(choices);
        },
      };
    });
}
