import type { FastifyRequest } from 'fastify';
import type { Problem } from '../../shared/api/problem.ts';
import type { KnownLogin } from '../auth/auth.ts';

export const notAllowed: Problem = { code: 'not-allowed', message: 'You are not allowed to do that.' };
export const personNotFound: Problem = { code: 'not-found', message: 'This person is not here any more.' };

/** The guard has let the request in, so it is known. */
export function knownOf({ known }: FastifyRequest): KnownLogin {
  if (!known) throw new Error('a closed route was reached without a login');
  return known;
}
