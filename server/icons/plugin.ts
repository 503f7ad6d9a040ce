import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import * as v from 'valibot';
import type { IconsReply } from '../../shared/api/contract.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { ValibotTypes } from '../http/validation.ts';
import { createIconSet, type IconSet } from './icon-set.ts';

declare module 'fastify' {
  interface FastifyInstance {
    icons: IconSet;
  }
}

const words = v.optional(v.pipe(v.string(), v.maxLength(80)), '');
const iconsQuery = v.object({ search: words, fits: words });
const releaseEveryMs = 30_000;

export interface IconsOptions {
  readonly file: string | undefined;
  readonly clock: Clock;
}

/** `GET /api/icons` */
const plugin = async (parent: FastifyInstance, { file, clock }: IconsOptions): Promise<void> => {
  const app = parent.withTypeProvider<ValibotTypes>();
  const set = createIconSet(file, () => clock.now());
  app.decorate('icons', set);
  const stop = clock.every(releaseEveryMs, () => set.release());
  app.addHook('onClose', async () => stop());
  app.get(
    '/api/icons',
    { schema: { querystring: iconsQuery }, config: { needs: 'login' } },
    async (request): Promise<IconsReply> => {
      const { search, fits } = request.query;
      return fits === '' ? set.search(search) : set.fitting(fits);
    },
  );
};

export const icons = fp(plugin, { name: 'icons', dependencies: ['http', 'auth'] });
