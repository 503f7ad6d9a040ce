import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type {} from '../auth/plugin.ts';
import type {} from '../broker/plugin.ts';
import type {} from '../http/plugin.ts';
import { brokerFamilies } from './broker-families.ts';
import { contentType, exposition, type Family } from './exposition.ts';
import { createProcessFigures } from './process-families.ts';

export interface MetricsOptions {
  readonly version: string;
  readonly nowMs: () => number;
}

const about = (version: string): Family => ({
  name: 'kachel_build_info',
  help: 'Always 1; the label says which version runs.',
  type: 'gauge',
  samples: [{ labels: { version }, value: 1 }],
});

/** `GET /metrics` for Prometheus: owners in their browser, programs with the token. */
const plugin = async (app: FastifyInstance, { version, nowMs }: MetricsOptions): Promise<void> => {
  const { broker, http } = app;
  const ownProcess = createProcessFigures(nowMs() - process.uptime() * 1_000);
  app.addHook('onClose', async () => ownProcess.dispose());
  const refusedRequests = (): Family => ({
    name: 'kachel_http_requests_refused_total',
    help: 'HTTP requests of people and programs that may not do what they tried.',
    type: 'counter',
    samples: Object.entries(http.refusals.counts()).map(([reason, value]) => ({ labels: { reason }, value })),
  });
  app.get('/metrics', { config: { needs: 'figures' } }, (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type(contentType)
      .send(
        exposition([about(version), ...brokerFamilies(broker.figures()), refusedRequests(), ...ownProcess.families()]),
      ),
  );
};

export const metrics = fp(plugin, { name: 'metrics', dependencies: ['http', 'auth', 'broker'] });
