import type { FastifyInstance } from 'fastify';
import type { Problem } from '../../shared/api/problem.ts';
import { repairBody, type Repair } from '../../shared/api/selfcheck.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { secretOf } from './checks/secrets.ts';
import type { SelfCheck } from './selfcheck.ts';

export interface SelfCheckRoutesOptions {
  readonly selfCheck: SelfCheck;
  /** Closes files to others; names of those that could not be. */
  readonly closeFiles: () => readonly string[];
}

const gone: Problem = { code: 'not-found', message: 'Nothing secret is kept on this topic any more.' };
const notClosed: Problem = { code: 'not-allowed', message: 'The files belong to somebody else.' };

/** `GET|POST /api/selfcheck` · `POST /api/selfcheck/repair` */
export async function selfCheckRoutes(
  parent: FastifyInstance,
  { selfCheck, closeFiles }: SelfCheckRoutesOptions,
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { broker, topics } = app;

  /** Takes a kept message away, but only one that tells a secret now: this is no way around the rights. */
  const clearSecret = async (topic: string): Promise<Result<void, Problem>> => {
    const message = broker.retained(topic);
    if (!message || secretOf(message) === undefined) return fail(gone);
    await broker.publish({ topic, payload: Buffer.alloc(0), qos: 0, retain: true });
    // Its samples lie there too.
    topics.forget(topic);
    return ok(undefined);
  };
  const repair = async (what: Repair): Promise<Result<void, Problem>> => {
    if (what.finding === 'secret') return clearSecret(what.topic);
    return closeFiles().length > 0 ? fail(notClosed) : ok(undefined);
  };

  app.get('/api/selfcheck', { config: { needs: 'owner' } }, async () => selfCheck.state());

  app.post('/api/selfcheck', { config: { needs: 'owner' } }, async ({ known }, reply) => {
    const started = selfCheck.start();
    if (!started.ok) return reply.problem(started.error);
    app.log.info({ by: known?.person.name }, 'The house is being checked.');
    return reply.code(202).send(selfCheck.state());
  });

  app.post(
    '/api/selfcheck/repair',
    { schema: { body: repairBody }, config: { needs: 'owner' } },
    async ({ body, known }, reply) => {
      const repaired = await repair(body);
      if (!repaired.ok) return reply.problem(repaired.error);
      app.log.info({ by: known?.person.name, ...body }, 'A finding of the self-check was put right.');
      selfCheck.startAgain();
      return reply.code(204).send();
    },
  );
}
