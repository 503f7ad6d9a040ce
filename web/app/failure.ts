import type { Problem, ProblemCode } from '../../shared/api/problem.ts';

/** What can go wrong with a request: what the server says, or that it was never reached (`not-saved`: while saving the house). */
export type FailureCode = ProblemCode | 'unreachable' | 'not-saved';

/** An expected failure of a request. `web/text/problem.ts` has one text per code. */
export type Failure = Omit<Problem, 'code'> & { readonly code: FailureCode };

/** No reply came. */
export const unreachable: Failure = { code: 'unreachable', message: 'The server was not reached.' };
