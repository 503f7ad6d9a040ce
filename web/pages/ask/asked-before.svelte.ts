import type { AskInput } from '../../../shared/api/people.ts';

export interface Asked {
  readonly question: AskInput;
  readonly who: string;
  readonly isAllowed: boolean;
}

const maxAsked = 5;
let asked: readonly Asked[] = $state.raw([]);

const isSame = (a: AskInput, b: AskInput): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The last questions of this visit, newest first. */
export const askedBefore = (): readonly Asked[] => asked;

export const remember = (one: Asked): void => {
  asked = [one, ...asked.filter(({ question }) => !isSame(question, one.question))].slice(0, maxAsked);
};
