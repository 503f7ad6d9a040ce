import { seenAsHeader } from '../../shared/api/names.ts';
import { problems, type Problem } from '../../shared/api/problem.ts';

const onlyLooking: Problem = {
  code: 'only-looking',
  message: 'Who looks with the eyes of somebody else changes nothing.',
};

/** Asks for the answers that somebody else gets, and nothing but that: the server refuses the rest too, but it need not hear of it. */
export const fetchAs =
  (personId: string): typeof fetch =>
  (input, init = {}) => {
    const isRead = init.method === undefined || init.method === 'GET';
    if (!isRead) return Promise.resolve(Response.json(onlyLooking, { status: problems['only-looking'] }));
    const headers = new Headers(init.headers);
    headers.set(seenAsHeader, personId);
    return fetch(input, { ...init, headers });
  };
