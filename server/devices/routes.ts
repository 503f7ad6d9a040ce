import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { DevicesReply } from '../../shared/api/contract.ts';
import { deviceBody, deviceChangeBody } from '../../shared/api/people.ts';
import type { ValibotTypes } from '../http/validation.ts';

const idParams = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
const defaultHttpPort = 80;

export interface AddressOptions {
  readonly mqttPort: () => number | undefined;
  readonly mqttsPort: () => number | undefined;
  /** The machine's address in the home network; examples must not say "localhost". */
  readonly lanAddress: () => Promise<string | undefined>;
}

const isHere = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

async function addressesFor(request: FastifyRequest, options: AddressOptions): Promise<DevicesReply['addresses']> {
  const here = new URL(`http://${request.headers.host ?? 'localhost'}`);
  const host = isHere(here.hostname) ? ((await options.lanAddress()) ?? here.hostname) : here.hostname;
  const httpPort = here.port === '' ? defaultHttpPort : Number(here.port);
  return { host, httpPort, mqttPort: options.mqttPort() ?? null, mqttsPort: options.mqttsPort() ?? null };
}

/** `GET|POST /api/devices` · `POST /api/devices/:id/password` · `GET …/rights` · `PATCH|DELETE /api/devices/:id` */
export async function deviceRoutes(
  parent: FastifyInstance,
  options: { readonly addresses: AddressOptions; readonly nowMs: () => number },
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { devices } = app;

  app.get('/api/devices', { config: { needs: 'owner' } }, async (request): Promise<DevicesReply> => {
    return { ...devices.list(options.nowMs()), addresses: await addressesFor(request, options.addresses) };
  });

  app.post('/api/devices', { schema: { body: deviceBody }, config: { needs: 'owner' } }, async (request, reply) => {
    const { name, rules } = request.body;
    const added = await devices.add(name, { rules });
    return added.ok ? reply.code(201).send(added.value) : reply.problem(added.error);
  });

  app.post(
    '/api/devices/:id/password',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const renewed = await devices.renew(request.params.id);
      return renewed.ok ? renewed.value : reply.problem(renewed.error);
    },
  );

  app.get(
    '/api/devices/:id/rights',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const found = devices.rights(request.params.id);
      return found.ok ? found.value : reply.problem(found.error);
    },
  );

  app.patch(
    '/api/devices/:id',
    { schema: { params: idParams, body: deviceChangeBody }, config: { needs: 'owner' } },
    async (request, reply) => {
      const changed = devices.change(request.params.id, request.body);
      return changed.ok ? changed.value : reply.problem(changed.error);
    },
  );

  app.delete(
    '/api/devices/:id',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const removed = devices.remove(request.params.id);
      return removed.ok ? reply.code(204).send() : reply.problem(removed.error);
    },
  );
}
