import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { mayManage } from '../../shared/acl/view.ts';
import type { Account, PublicReply, Snapshot } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';
import { ownIconsOf, type IconTable } from '../../shared/tile/kind-icons.ts';
import type { Person } from '../auth/people.ts';

export interface SnapshotOptions {
  readonly version: string;
  readonly allowAnonymous: boolean;
  readonly iconTable: IconTable;
  readonly nowMs: () => number;
}

/** Every icon that this house may show: chosen by somebody, or by a tile itself. */
const iconsOf = ({ rooms, tiles }: House, table: IconTable): ReadonlySet<string> =>
  new Set(
    [
      ...rooms.map(({ icon }) => icon),
      ...tiles.flatMap((tile) => [tile.icon, tile.iconOn, ...ownIconsOf(tile, table)]),
    ].filter((icon) => icon !== undefined),
  );

const toAccount = ({ id, name, role, endsAtMs, usesLeft }: Person): Account => ({
  id,
  name,
  role,
  ...(endsAtMs === undefined ? {} : { endsAtMs }),
  ...(usesLeft === undefined ? {} : { usesLeft }),
});

/** `GET /api/snapshot` · `GET /api/public` · `GET /api/health` */
const plugin = async (
  app: FastifyInstance,
  { version, allowAnonymous, iconTable, nowMs }: SnapshotOptions,
): Promise<void> => {
  const { auth, house, history, icons, seeing, store, broker, demo, tls, wishes } = app;
  const isBrokerUp = (): boolean => broker.stats().isStoreHealthy;

  const certificateTrouble = (): Pick<Snapshot, 'certificate'> => {
    const certificate = tls.trouble();
    return certificate ? { certificate } : {};
  };

  const openWishes = (): Pick<Snapshot, 'wishes'> => {
    const names = new Set(wishes.open().map((wish) => wish.name));
    return names.size === 0 ? {} : { wishes: [...names] };
  };

  const snapshotOf = (person: Person): Snapshot => {
    const { id, role } = person;
    const { revision, house: whole } = house.current();
    const document = seeing.view(id, whole);
    return {
      version,
      serverNowMs: nowMs(),
      revision,
      house: document,
      values: history.values().filter(({ topic }) => seeing.mayRead(id, topic)),
      icons: icons.paths(iconsOf(document, iconTable)),
      account: toAccount(person),
      access: seeing.access(id, document),
      isBrokerUp: isBrokerUp(),
      isDemoRunning: demo.isRunning(),
      allowAnonymous,
      ...(mayManage(role) ? { ...certificateTrouble(), ...openWishes() } : {}),
    };
  };

  app.get('/api/snapshot', { config: { needs: 'login' } }, async ({ known }, reply) =>
    known ? snapshotOf(known.person) : reply.problem({ code: 'login-required', message: 'Log in first.' }),
  );

  app.get('/api/public', { config: { needs: 'nobody' } }, async (): Promise<PublicReply> => {
    const home = house.current().house.name;
    return { needsSetup: auth.setupCode() !== undefined, home, version, isBrokerUp: isBrokerUp(), allowAnonymous };
  });

  app.get('/api/health', { config: { needs: 'nobody' } }, async (_request, reply) => {
    const state = (isUp: boolean): 'up' | 'down' => (isUp ? 'up' : 'down');
    const [isStoreUp, isUp] = [store.isHealthy(), isBrokerUp()];
    reply.code(isStoreUp && isUp ? 200 : 503);
    const certificate = tls.trouble()?.kind ?? 'fine';
    return { version, store: state(isStoreUp), broker: state(isUp), certificate };
  });
};

export const snapshot = fp(plugin, {
  name: 'snapshot',
  dependencies: ['http', 'store', 'auth', 'rights', 'broker', 'house', 'history', 'icons', 'demo', 'tls', 'wishes'],
});
