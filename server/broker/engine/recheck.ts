import { reason } from './codec/reason.ts';
import type { Core } from './core.ts';
import { endConnection } from './lifecycle.ts';
import type { Session } from './session.ts';
import { mayPublishWill } from './will.ts';

/** Rights changed: forget what was remembered and end subscriptions that are no longer allowed. */
export const recheckRights = (core: Core): void => {
  core.routes.invalidate();
  for (const connection of core.connections) connection.publishRights = undefined;
  for (const session of core.sessions.values()) {
    endSubscriptions(core, session);
    if (session.will && !mayPublishWill(core, session, session.will)) session.will = undefined;
  }
};

/** There is no packet that takes a subscription back, so a connected client is sent off to subscribe anew. */
const endSubscriptions = (core: Core, session: Session): void => {
  let hasLost = false;
  for (const subscription of session.subscriptions.values()) {
    if (core.authorize(session.principal, 'subscribe', subscription.topicFilter, session.clientId)) continue;
    hasLost = true;
    session.subscriptions.delete(subscription.filter);
    core.routes.remove(subscription);
    if (session.isStored)
      core.changes.append({ type: 'unsubscribe', clientId: session.clientId, filter: subscription.filter });
  }
  if (!hasLost) return;
  core.turn.schedule();
  if (session.connection)
    endConnection(core, session.connection, { text: 'rights changed', code: reason.notAuthorized });
};
