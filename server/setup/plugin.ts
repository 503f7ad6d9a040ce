import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { setupBody } from '../../shared/api/contract.ts';
import type { ValibotTypes } from '../http/validation.ts';

const badHome = { code: 'bad-name', message: 'The name of the home needs 1 to 80 characters.', path: '/home' } as const;

/** `POST /api/setup`: the first account, the name of the home, and the first login. */
const plugin = async (parent: FastifyInstance): Promise<void> => {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, house, http } = app;

  app.post('/api/setup', { schema: { body: setupBody }, config: { needs: 'nobody' } }, async (request, reply) => {
    const { code, name, password } = request.body;
    const home = request.body.home.trim();
    if (home === '') return reply.problem(badHome);
    const made = await auth.setUp({ code, name, password, address: http.addressOf(request.raw) });
    if (!made.ok) return reply.problem(made.error);
    const renamed = house.save({ document: { ...house.current().house, name: home }, by: made.value.name });
    if (!renamed.ok) return reply.problem(renamed.error);
    const begun = auth.begin(reply, made.value, true);
    return begun.ok ? reply.code(204).send() : reply.problem(begun.error);
  });
};

export const setup = fp(plugin, { name: 'setup', dependencies: ['http', 'auth', 'house'] });
