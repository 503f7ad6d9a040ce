import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../broker/engine/clock.ts';
import { createAsking, type Asking } from './asking.ts';
import { createRightsStore, type RightsStore } from './rights-store.ts';
import { createRights, type Rights } from './rights.ts';
import { createSeeing, type Seeing } from './seeing.ts';

declare module 'fastify' {
  interface FastifyInstance {
    rights: Rights;
    seeing: Seeing;
    asking: Asking;
    rightsStore: RightsStore;
  }
}

const plugin = async (app: FastifyInstance, { clock }: { readonly clock: Clock }): Promise<void> => {
  const { auth, house } = app;
  const store = createRightsStore(app.store);
  const rights = createRights({ auth, store, house, clock });
  app.decorate('rights', rights);
  app.decorate('rightsStore', store);
  app.decorate('seeing', createSeeing(rights, auth));
  app.decorate('asking', createAsking(rights, auth));
  rights.onRefused(({ principal: { kind, name }, clientId, action, topic, step }) =>
    app.log.warn({ kind, name, clientId, action, topic, decidedBy: step?.kind }, 'A right said no.'),
  );
  app.addHook('onClose', async () => rights.dispose());
};

export const rights = fp(plugin, { name: 'rights', dependencies: ['store', 'auth', 'house'] });
