import { FilterTree } from '../../../shared/mqtt/filter-tree.ts';
import { parseSharedFilter } from '../../../shared/mqtt/topic.ts';
import type { QoS } from '../../../shared/mqtt/message.ts';
import type { Watcher } from './observers.ts';
import type { Authorize } from './options.ts';
import type { Session, Subscription } from './session.ts';
import { ShareGroup } from './shares.ts';
import type { Topic } from './topics.ts';

/** What one session gets of a topic, its overlapping subscriptions taken together. */
export interface Target {
  readonly session: Session;
  /** The highest QoS among them [MQTT-3.3.4-2]. */
  readonly qos: QoS;
  readonly retainAsPublished: boolean;
  readonly identifiers: readonly number[] | undefined;
  /** Kept when one of them is No Local: then the answer depends on who published. */
  readonly subscriptions: readonly Subscription[] | undefined;
}

/** Who gets the messages of one topic. */
export interface Route {
  readonly targets: readonly Target[];
  readonly shares: readonly ShareGroup[];
  readonly watchers: readonly Watcher[];
}

/** Merges the subscriptions of one session that match the same topic. */
export const mergeSubscriptions = (session: Session, subscriptions: readonly Subscription[]): Target => {
  let qos: QoS = 0;
  let retainAsPublished = false;
  const identifiers: number[] = [];
  for (const subscription of subscriptions) {
    if (subscription.qos > qos) qos = subscription.qos;
    retainAsPublished ||= subscription.retainAsPublished;
    if (subscription.identifier !== undefined) identifiers.push(subscription.identifier);
  }
  return {
    session,
    qos,
    retainAsPublished,
    identifiers: identifiers.length > 0 ? identifiers : undefined,
    subscriptions: subscriptions.some((subscription) => subscription.noLocal) ? subscriptions : undefined,
  };
};

interface RoutesOptions {
  readonly authorize: Authorize;
  readonly watchersOf: (topic: string) => readonly Watcher[];
  readonly maxRememberedTargets: number;
}

/** All subscriptions of all sessions, and for each topic who gets it; remembered until a subscription or a right changes. */
export class Routes {
  readonly #tree = new FilterTree<Subscription>();
  readonly #groups = new Map<string, ShareGroup>();
  readonly #authorize: Authorize;
  readonly #watchersOf: (topic: string) => readonly Watcher[];
  readonly #maxRememberedTargets: number;
  readonly #known = new Map<Topic, Route>();
  #knownTargets = 0;

  constructor({ authorize, watchersOf, maxRememberedTargets }: RoutesOptions) {
    this.#authorize = authorize;
    this.#watchersOf = watchersOf;
    this.#maxRememberedTargets = maxRememberedTargets;
  }

  /** Number of subscriptions. */
  get size(): number {
    return this.#tree.size;
  }

  /** Forgets every remembered route. */
  invalidate(): void {
    if (this.#known.size > 0) this.#known.clear();
    this.#knownTargets = 0;
  }

  /** The group a filter belongs to if it is shared, made when it is new. */
  shareOf(filter: string): ShareGroup | undefined {
    const shared = parseSharedFilter(filter);
    if (!shared) return undefined;
    let group = this.#groups.get(filter);
    if (!group) {
      group = new ShareGroup(filter);
      this.#groups.set(filter, group);
    }
    return group;
  }

  add(subscription: Subscription): void {
    this.#tree.add(subscription.topicFilter, subscription);
    subscription.share?.add(subscription);
    this.invalidate();
  }

  remove(subscription: Subscription): void {
    this.#tree.remove(subscription.topicFilter, subscription);
    const { share } = subscription;
    share?.remove(subscription);
    if (share?.members.length === 0) this.#groups.delete(share.key);
    this.invalidate();
  }

  /** Who gets this topic now. */
  of(topic: Topic): Route {
    return this.#known.get(topic) ?? this.#learn(topic);
  }

  #learn(topic: Topic): Route {
    const route = this.#find(topic.name);
    const size = route.targets.length + 1;
    if (this.#knownTargets + size > this.#maxRememberedTargets) this.invalidate();
    this.#known.set(topic, route);
    this.#knownTargets += size;
    return route;
  }

  #find(topic: string): Route {
    const bySession = new Map<Session, Subscription[]>();
    const shares = new Set<ShareGroup>();
    this.#tree.forEachMatch(topic, (subscription) => {
      if (subscription.share) {
        shares.add(subscription.share);
        return;
      }
      const list = bySession.get(subscription.session);
      if (list) list.push(subscription);
      else bySession.set(subscription.session, [subscription]);
    });
    const targets: Target[] = [];
    for (const [session, subscriptions] of bySession) {
      if (this.#authorize(session.principal, 'receive', topic, session.clientId))
        targets.push(mergeSubscriptions(session, subscriptions));
    }
    return { targets, shares: [...shares], watchers: this.#watchersOf(topic) };
  }
}
