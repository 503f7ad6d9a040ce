import type { Core } from './core.ts';
import { deliver } from './delivery.ts';
import type { Publisher, RoutedMessage } from './message.ts';
import { toPublic, toStored } from './message.ts';
import type { Watcher } from './observers.ts';
import type { Target } from './routes.ts';
import { mergeSubscriptions } from './routes.ts';
import type { Subscription } from './session.ts';

/** Keeps, replaces or deletes the topic's retained message [MQTT-3.3.1-5] [MQTT-3.3.1-6] [MQTT-3.3.1-7]. */
const keepRetained = (core: Core, message: RoutedMessage): void => {
  const name = message.topic.name;
  if (message.payload.length === 0) {
    if (core.retained.delete(name)) note(core, message, { type: 'unretain', topic: name });
    return;
  }
  const limit = core.retained.limitAgainst(message);
  if (limit) {
    core.counters.exceed(limit);
    core.counters.drop('retained-limit');
    return;
  }
  const kept = message.kept();
  core.retained.set(kept);
  note(core, message, { type: 'retain', message: toStored(kept) });
};

const note = (core: Core, message: RoutedMessage, change: Parameters<Core['changes']['append']>[0]): void => {
  if (message.topic.name.startsWith('$SYS/')) return; // the broker's own figures are made anew after a start
  if (message.qos === 0) core.changes.append(change);
  else core.changes.appendUrgent(change);
  core.turn.schedule();
};

/** Higher is better: connected and reading, connected but busy, away but kept. */
const rankShare =
  (core: Core, message: RoutedMessage) =>
  (member: Subscription): number => {
    const { session } = member;
    if (!core.authorize(session.principal, 'receive', message.topic.name, session.clientId)) return 0;
    const connection = session.connection;
    if (!connection) return session.isPersistent && message.qos > 0 && member.qos > 0 ? 1 : 0;
    return session.inflight.size >= connection.sendWindow || connection.isOverOutboundLimit ? 2 : 3;
  };

/** With No Local, what the publisher itself subscribed to does not count [MQTT-3.8.3-3]. */
const targetFor = (target: Target, publisher: Publisher | undefined): Target | undefined => {
  if (!target.subscriptions || target.session.clientId !== publisher?.clientId) return target;
  const others = target.subscriptions.filter((subscription) => !subscription.noLocal);
  return others.length > 0 ? mergeSubscriptions(target.session, others) : undefined;
};

/**
 * Takes a message that was allowed: keeps it if retained, gives it to everyone who subscribed, tells the observers.
 * Returns how many sessions it matched.
 */
export const acceptMessage = (core: Core, message: RoutedMessage, publisher: Publisher | undefined): number => {
  if (message.retain) keepRetained(core, message);
  const route = core.routes.of(message.topic);
  for (const candidate of route.targets) {
    const target = targetFor(candidate, publisher);
    if (target) deliver(core, target, message);
  }
  for (const share of route.shares) {
    const member = share.pick(rankShare(core, message));
    if (member) deliver(core, mergeSubscriptions(member.session, [member]), message);
  }
  if (route.watchers.length > 0) observe(core, { message, publisher, watchers: route.watchers });
  return route.targets.length + route.shares.length;
};

interface Observed {
  readonly message: RoutedMessage;
  readonly publisher: Publisher | undefined;
  readonly watchers: readonly Watcher[];
}

const observe = (core: Core, { message, publisher, watchers }: Observed): void => {
  const atMs = core.clock.now();
  const seen = toPublic(message, atMs);
  core.observers.push(publisher ? { message: seen, publisher, atMs } : { message: seen, atMs }, watchers);
  core.turn.schedule();
};
