import type { QoS } from '../../../shared/mqtt/message.ts';
import type { Connection } from './connection.ts';
import type { Core } from './core.ts';
import { canSend, deliverTo } from './delivery.ts';
import type { RoutedMessage } from './message.ts';
import type { Session, Subscription } from './session.ts';

interface Replay {
  readonly subscription: Subscription;
  readonly messages: Generator<RoutedMessage, undefined>;
}

/**
 * Retained messages on their way to one client after SUBSCRIBE. They are taken from the tree only as fast as the client
 * reads, so that neither a hundred thousand of them nor a slow client costs memory or messages.
 */
export class Replays {
  #waiting: Replay[] = [];
  readonly #core: Core;
  readonly #connection: Connection;
  readonly #session: Session;

  constructor(core: Core, connection: Connection, session: Session) {
    this.#core = core;
    this.#connection = connection;
    this.#session = session;
  }

  /** Begins to send what is retained under a subscription [MQTT-3.3.1-9]; a replaced subscription's replay ends. */
  start(subscription: Subscription): void {
    const others = this.#waiting.filter((replay) => replay.subscription.filter !== subscription.filter);
    this.#waiting = [...others, { subscription, messages: this.#core.retained.matches(subscription.topicFilter) }];
    this.proceed();
  }

  /** Sends as much as there is room for. */
  proceed(): void {
    for (let replay = this.#waiting[0]; replay; replay = this.#waiting[0]) {
      if (!this.#send(replay)) return;
      this.#waiting.shift();
    }
  }

  /** True when a subscription's messages have all been sent, or it has ended. */
  #send({ subscription, messages }: Replay): boolean {
    while (this.#session.subscriptions.get(subscription.filter) === subscription) {
      if (!this.#hasRoom(subscription)) return false;
      const next = messages.next();
      if (next.done === true) return true;
      this.#sendOne(subscription, next.value);
    }
    return true;
  }

  #hasRoom(subscription: Subscription): boolean {
    if (subscription.qos === 0) return !this.#connection.isOverOutboundLimit;
    return this.#session.queue.length === 0 && canSend(this.#session, this.#connection);
  }

  #sendOne(subscription: Subscription, message: RoutedMessage): void {
    const core = this.#core;
    if (message.isExpired(core.clock.now())) {
      dropExpired(core, message.topic.name);
      return;
    }
    if (!core.authorize(this.#session.principal, 'receive', message.topic.name)) return;
    const qos: QoS = subscription.qos < message.qos ? subscription.qos : message.qos;
    const identifiers = subscription.identifier === undefined ? undefined : [subscription.identifier];
    deliverTo(core, this.#session, { message, how: { qos, retain: true, identifiers } });
  }
}

/** A retained message whose time is over is gone as if it had been deleted. */
const dropExpired = (core: Core, topic: string): void => {
  if (!core.retained.delete(topic)) return;
  core.changes.append({ type: 'unretain', topic });
  core.turn.schedule();
};
