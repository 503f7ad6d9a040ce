import type { AskStep } from '../api/people.ts';

/** A rule that was looked at. `says` is absent when it has no answer. */
export interface Finding {
  readonly step: Omit<AskStep, 'outcome'>;
  readonly says?: boolean;
  /** Operating needs holding. */
  readonly needsHold?: boolean;
}

/** Those with this answer first; the order is kept otherwise. */
export const withFirst = (answer: boolean, findings: readonly Finding[]): readonly Finding[] => [
  ...findings.filter(({ says }) => says === answer),
  ...findings.filter(({ says }) => says !== answer),
];

/** An optional answer as the optional field of a finding. */
export const saying = (says: boolean | undefined): Pick<Finding, 'says'> => (says === undefined ? {} : { says });
