import type { Connection, How } from './connection.ts';
import type { Core } from './core.ts';
import { canSend, deliverTo } from './delivery.ts';
import type { RoutedMessage } from './message.ts';
import type { Matches } from './retained.ts';
import type { Session, Subscription } from './session.ts';

/** Messages one client is sent in one turn of the event loop: the rest of the house has its turn in between. */
const maxPerTurn = 1_000;

interface Replay {
  readonly subscription: Subscription;
  readonly messages: Matches;
  /** How they are sent, by QoS. */
  readonly how: readonly How[];
}

/**
 * Retained messages on their way to one client after SUBSCRIBE. They are taken from the tree only as fast as the client
 * reads, so that neither a hundred thousand of them nor a slow client costs memory or messages.
 */
export class Replays {
  #waiting: Replay[] = [];
  #leftInTurn = maxPerTurn;
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
    const messages = this.#core.retained.matches(subscription.topicFilter);
    this.#waiting = [...others, { subscription, messages, how: howFor(subscription) }];
    this.proceed();
  }

  /** Sends as much as there is room for, and goes on in the next turn with what is more than one turn's share. */
  proceed(): void {
    if (this.#connection.isEnding) this.#waiting = [];
    if (this.#waiting.length === 0 || this.#leftInTurn === 0) return;
    this.#sendAll();
    if (this.#leftInTurn > 0) return;
    this.#core.clock.endOfTurn(() => {
      this.#leftInTurn = maxPerTurn;
      this.proceed();
    });
  }

  #sendAll(): void {
    for (let replay = this.#waiting[0]; replay; replay = this.#waiting[0]) {
      if (!this.#send(replay)) return;
      this.#waiting.shift();
    }
  }

  /** True when a subscription's messages have all been sent, or it has ended. */
  #send(replay: Replay): boolean {
    const { subscription, messages } = replay;
    const nowMs = this.#core.clock.now();
    while (this.#session.subscriptions.get(subscription.filter) === subscription) {
      if (this.#leftInTurn === 0 || !this.#hasRoom(subscription)) return false;
      const message = messages.next();
      if (!message) return true;
      this.#leftInTurn--;
      if (message.isExpired(nowMs)) dropExpired(this.#core, message.topic.name);
      else this.#sendOne(replay, message);
    }
    return true;
  }

  #hasRoom(subscription: Subscription): boolean {
    if (subscription.qos === 0) return !this.#connection.isOverOutboundLimit;
    return this.#session.queue.length === 0 && canSend(this.#session, this.#connection);
  }

  #sendOne({ subscription, how }: Replay, message: RoutedMessage): void {
    const core = this.#core;
    const { principal, clientId } = this.#session;
    if (!core.authorize(principal, 'receive', message.topic.name, clientId)) return;
    const chosen = how[Math.min(subscription.qos, message.qos)];
    if (chosen?.qos === 0) this.#connection.sendQos0(message, chosen);
    else if (chosen) deliverTo(core, this.#session, { message, how: chosen });
  }
}

const howFor = ({ identifier }: Subscription): readonly How[] => {
  const identifiers = identifier === undefined ? undefined : [identifier];
  return ([0, 1, 2] as const).map((qos) => ({ qos, retain: true, identifiers }));
};

/** A retained message whose time is over is gone as if it had been deleted. */
const dropExpired = (core: Core, topic: string): void => {
  if (!core.retained.delete(topic)) return;
  core.changes.append({ type: 'unretain', topic });
  core.turn.schedule();
};
