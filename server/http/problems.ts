import type { FastifyError, FastifyReply } from 'fastify';
import { problems, type Problem, type ProblemCode } from '../../shared/api/problem.ts';

/** A failed save carries the newer document beside the problem. */
export type ProblemReply = Problem & { readonly current?: unknown };

/** Sends an expected failure with its status. */
export function sendProblem(reply: FastifyReply, problem: ProblemReply): FastifyReply {
  const seconds = problem.params?.['seconds'];
  reply.request.server.http.refusals.note(problem.code, reply.request);
  if (problem.code === 'too-many-tries' && typeof seconds === 'number') reply.header('retry-after', seconds);
  return reply.code(problems[problem.code]).send(problem);
}

const byFastifyCode: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'too-large', message: 'The request is too large.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'bad-request', message: 'Send JSON, as application/json.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'bad-request', message: 'The request is not JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'bad-request', message: 'The request is empty.' },
};

const byStatus = (status: number): ProblemCode | undefined => {
  if (status === 404) return 'not-found';
  if (status === 413) return 'too-large';
  return status >= 400 && status < 500 ? 'bad-request' : undefined;
};

/** What an error that reached the rim means to the caller; `undefined` = a bug of ours, which is logged and told without details. */
export function problemOf(error: FastifyError): Problem | undefined {
  const known = byFastifyCode[error.code];
  if (known) return known;
  if (error.validation) return { code: 'bad-request', message: error.message };
  if (error instanceof SyntaxError) return { code: 'bad-request', message: 'The request is not JSON.' };
  const code = byStatus(error.statusCode ?? 500);
  return code && { code, message: error.message };
}

export const bug: Problem = { code: 'internal', message: 'The server made a mistake. Its log says more.' };
