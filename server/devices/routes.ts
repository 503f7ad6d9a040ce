import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { DevicesReply } from '../../shared/api/contract.ts';
import { deviceBody, deviceChangeBody } from '../../shared/api/people.ts';
import type { DeviceAccount } from '../auth/devices.ts';
import type { Deeds } from '../deeds/deeds.ts';
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

/** Blocking is a deed of its own. */
function noteChange(deeds: Deeds, before: DeviceAccount, after: DeviceAccount, request: FastifyRequest): void {
  const { name, isBlocked } = before;
  if (after.isBlocked !== isBlocked)
    deeds.note({ what: after.isBlocked ? 'device-blocked' : 'device-let-in', name }, request);
  deeds.noteChange('device-changed', before, after, request);
}

/** `GET|POST /api/devices` · `POST /api/devices/:id/password` · `GET …/rights` · `PATCH|DELETE /api/devices/:id` */
export async function deviceRoutes(
  parent: FastifyInstance,
  options: { readonly addresses: AddressOptions; readonly nowMs: () => number },
): Promise<void> {
  const app = parent.withTypeProvider<ValibotTypes>();
  const { auth, deeds, devices } = app;
  const nameOf = (id: string): string => auth.devices.byId(id)?.name ?? '';

  app.get('/api/devices', { config: { needs: 'owner' } }, async (request): Promise<DevicesReply> => {
    return { ...devices.list(options.nowMs()), addresses: await addressesFor(request, options.addresses) };
  });

  app.post('/api/devices', { schema: { body: deviceBody }, config: { needs: 'owner' } }, async (request, reply) => {
    const { name, rules } = request.body;
    const added = await devices.add(name, { rules });
    if (!added.ok) return reply.problem(added.error);
    deeds.note({ what: 'device-added', name: nameOf(added.value.id) }, request);
    return reply.code(201).send(added.value);
  });

  app.post(
    '/api/devices/:id/password',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const renewed = await devices.renew(request.params.id);
      if (!renewed.ok) return reply.problem(renewed.error);
      deeds.note({ what: 'device-renewed', name: nameOf(request.params.id) }, request);
      return renewed.value;
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
      const before = auth.devices.byId(request.params.id);
      const changed = devices.change(request.params.id, request.body);
      if (!changed.ok) return reply.problem(changed.error);
      const after = auth.devices.byId(request.params.id);
      if (before && after) noteChange(deeds, before, after, request);
      return changed.value;
    },
  );

  app.delete(
    '/api/devices/:id',
    { schema: { params: idParams }, config: { needs: 'owner' } },
    async (request, reply) => {
      const name = nameOf(request.params.id);
      const removed = devices.remove(request.params.id);
      if (!removed.ok) return reply.problem(removed.error);
      deeds.note({ what: 'device-removed', name }, request);
      return reply.code(204).send();
    },
  );
}
