import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { PublicReply, Snapshot } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';

export interface SnapshotOptions {
  readonly version: string;
  readonly allowAnonymous: boolean;
  readonly nowMs: () => number;
}

/** Every icon that somebody chose in this house. */
export const iconsOf = ({ rooms, tiles }: House): ReadonlySet<string> =>
  new Set(
    [...rooms.map(({ icon }) => icon), ...tiles.flatMap(({ icon, iconOn }) => [icon, iconOn])].filter(
      (icon) => icon !== undefined,
    ),
  );

/** `GET /api/snapshot` · `GET /api/public` · `GET /api/health` */
const plugin = async (app: FastifyInstance, { version, allowAnonymous, nowMs }: SnapshotOptions): Promise<void> => {
  const { auth, house, history, icons, store, broker, demo } = app;
  const isBrokerUp = (): boolean => broker.stats().isStoreHealthy;

  app.get('/api/snapshot', async ({ known }, reply): Promise<Snapshot> => {
    if (!known) return reply.problem({ code: 'login-required', message: 'Log in first.' }) as never;
    const { revision, house: document } = house.current();
    const { id, name } = known.person;
    return {
      version,
      serverNowMs: nowMs(),
      revision,
      house: document,
      values: history.values(),
      icons: icons.paths(iconsOf(document)),
      account: { id, name, role: 'owner' },
      access: { mayArrange: true, mayManage: true, viewOnly: [], hold: [] },
      isBrokerUp: isBrokerUp(),
      isDemoRunning: demo.isRunning(),
      allowAnonymous,
    };
  });

  app.get('/api/public', { config: { isPublic: true } }, async (): Promise<PublicReply> => {
    const home = house.current().house.name;
    return { needsSetup: auth.setupCode() !== undefined, home, version, isBrokerUp: isBrokerUp(), allowAnonymous };
  });

  app.get('/api/health', { config: { isPublic: true } }, async (_request, reply) => {
    const state = (isUp: boolean): 'up' | 'down' => (isUp ? 'up' : 'down');
    const [isStoreUp, isUp] = [store.isHealthy(), isBrokerUp()];
    reply.code(isStoreUp && isUp ? 200 : 503);
    return { version, store: state(isStoreUp), broker: state(isUp) };
  });
};

export const snapshot = fp(plugin, {
  name: 'snapshot',
  dependencies: ['http', 'store', 'auth', 'broker', 'house', 'history', 'icons', 'demo'],
});
