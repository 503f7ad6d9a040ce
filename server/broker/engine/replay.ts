import type { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { deliverTo } from './delivery.ts';
import type { RoutedMessage } from './message.ts';
import type { Subscription } from './session.ts';

/** Sends the retained messages that match a subscription, with RETAIN set [MQTT-3.3.1-9]. */
export const replayRetained = (core: Core, connection: Connection, subscription: Subscription): void => {
  const { session, identifier } = subscription;
  const nowMs = core.clock.now();
  const identifiers = identifier === undefined ? undefined : [identifier];
  const expired: RoutedMessage[] = [];
  core.retained.forEachMatch(subscription.topicFilter, (message) => {
    if (message.isExpired(nowMs)) expired.push(message);
    else if (core.authorize(session.principal, 'receive', message.topic.name)) {
      const qos = subscription.qos < message.qos ? subscription.qos : message.qos;
      deliverTo(core, session, { message, how: { qos, retain: true, identifiers } });
    }
  });
  for (const message of expired) dropExpired(core, message.topic.name);
  if (session.isStored) connection.waitForCommit();
};

/** A retained message whose time is over is gone as if it had been deleted. */
export const dropExpired = (core: Core, topic: string): void => {
  if (!core.retained.delete(topic)) return;
  core.changes.append({ type: 'unretain', topic });
  core.turn.schedule();
};
