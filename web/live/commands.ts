import { SvelteMap } from 'svelte/reactivity';
import type { Range } from '../../shared/api/limits.ts';
import type { Binding } from '../../shared/house/binding.ts';
import { isFreeCommand } from '../../shared/acl/pin.ts';
import type { Tile, Way } from '../../shared/house/house.ts';
import { defaultTimeoutMs } from '../../shared/house/timeout.ts';
import { confirms, decode, encode } from '../../shared/payload/codec.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import type { Result } from '../../shared/result.ts';
import type { CommandState } from '../../shared/tile/state.ts';
import type { PinQuestion } from '../app/pin-question.svelte.ts';
import type { Environment } from './environment.ts';
import { createThinner, type Thinner } from './thinner.ts';

export type CommandReason = NonNullable<CommandState['reason']>;

/** Why a message was not taken. */
export interface SendFailure {
  readonly reason: CommandReason;
  readonly againAt?: CommandState['againAt'];
}

export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** The broker drops the message when it could not be delivered within this time. */
  readonly expirySeconds?: number;
}

export interface CommandOptions {
  readonly environment: Pick<Environment, 'after'>;
  /** Exact server time. */
  readonly serverNowMs: () => number;
  readonly isUp: () => boolean;
  /** Resolves when the broker took it (QoS 0: when it left). Never queues. */
  readonly publish: (message: OutgoingMessage) => Promise<Result<void, SendFailure>>;
  /** Asks for the PIN; false: it was given a moment ago for longer. `isAgain`: the broker wants it all the same. */
  readonly askPin: (question: PinQuestion, isAgain: boolean) => boolean;
  /** A command ended without success. */
  readonly onFailed: (tile: Tile, command: CommandState) => void;
}

export interface Order {
  readonly role: string;
  readonly value: Value;
  /** `live` = a finger is still moving. */
  readonly phase: 'live' | 'final';
  /** What this person may set at most and at least: what lies beyond becomes the end. */
  readonly range?: Range | undefined;
  /** For which way it needs the PIN first, as far as this page knows. */
  readonly pin?: Way | undefined;
}

/** How long an ended command stays visible (DESIGN 10). `not-confirmed` stays until the device reports or the next command. */
export const shownMs = { 'not-sent': 5_000, refused: 5_000, 'no-feedback': 1_200, confirmed: 1_500 } as const;

type Ended = Exclude<CommandState['status'], 'sent'>;

interface Pending {
  readonly tile: Tile;
  readonly binding: Binding;
  state: CommandState;
  stopTimer: () => void;
}

/** A lamp that is switched on by its brightness goes to its end, a preset's colour gets no brighter than allowed. */
function nearest(value: Value, range: Range | undefined): Value {
  const inside = (number: number): number =>
    Math.min(range?.max ?? Infinity, Math.max(range?.min ?? -Infinity, number));
  if (typeof value === 'number') return inside(value);
  return range && typeof value === 'object' ? { ...value, v: inside(value.v) } : value;
}

const timeoutOf = (tile: Tile): number => tile.timeoutMs ?? defaultTimeoutMs;

/** One command per tile: on its way, or how it ended. */
export class Commands {
  readonly #options: CommandOptions;
  readonly #states = new SvelteMap<string, CommandState>();
  readonly #pending = new Map<string, Pending>();
  /** Confirmed since the last frame: shown together with the value that confirms. */
  readonly #confirmed = new Set<Pending>();
  readonly #thinner: Thinner;
  #lastId = 0;

  constructor(options: CommandOptions) {
    this.#options = options;
    this.#thinner = createThinner(options.environment);
  }

  /** Reactive in this tile's command only. */
  of(tileId: string): CommandState | undefined {
    return this.#states.get(tileId);
  }

  send(tile: Tile, order: Order): void {
    this.#thinner.pass(tile, order, () => this.#send(tile, order));
  }

  /** A message arrived on a topic; what it confirms shows after the next `flush`. */
  onReport(topic: string, payload: Uint8Array): void {
    for (const one of this.#pending.values()) {
      if (one.binding.stateTopic !== topic) continue;
      const decoded = decode(one.binding, payload);
      if (decoded.ok && confirms(one.binding, one.state.value, decoded.value)) this.#confirmed.add(one);
    }
  }

  flush(): void {
    for (const one of this.#confirmed) {
      // A late answer is an answer: the failure goes, the reported value stands.
      if (one.state.status === 'not-confirmed') this.#forget(one);
      else this.#settle(one, 'confirmed');
    }
    this.#confirmed.clear();
  }

  #send(tile: Tile, order: Order): void {
    const binding = tile.bindings[order.role];
    if (!binding || this.#isAsking(tile, binding, order)) return;
    const one = this.#begin(tile, binding, order);
    const topic = binding.commandTopic;
    if (tile.viewOnly || topic === undefined) return this.#settle(one, 'refused', 'view-only');
    if (!this.#options.isUp()) return this.#settle(one, 'not-sent', 'offline');
    const encoded = encode(binding, one.state.value, one.state.sentAtMs);
    if (!encoded.ok) throw new Error(`Role ${order.role} of kind ${tile.kind} sent a value of the wrong type`);
    void this.#publish(one, {
      topic,
      payload: encoded.text,
      qos: binding.qos ?? 1,
      retain: binding.retain ?? false,
      // Whole seconds in the protocol [MQTT-3.3.2-5]: never 0, which would mean "already too late".
      expirySeconds: Math.max(1, Math.ceil(timeoutOf(tile) / 1_000)),
    });
  }

  /** Whether it waits for the PIN instead of being sent. */
  #isAsking(tile: Tile, binding: Binding, { role, phase, pin, ...order }: Order): boolean {
    if (pin === undefined || tile.viewOnly || binding.commandTopic === undefined || !this.#options.isUp()) return false;
    const value = nearest(order.value, order.range);
    const encoded = encode(binding, value, Math.floor(this.#options.serverNowMs()));
    if (encoded.ok && isFreeCommand(binding, pin, encoded.text)) return false;
    // Nobody is asked while a finger moves.
    return phase === 'live' || this.#askPin(tile, { role, value }, false);
  }

  #askPin(tile: Tile, { role, value }: Pick<Order, 'role' | 'value'>, isAgain: boolean): boolean {
    const send = (): void => this.#send(tile, { role, value, phase: 'final' });
    const drop = (): void => this.#drop(tile, { role, value });
    return this.#options.askPin({ tile, role, value, send, drop }, isAgain);
  }

  /** It waited for the PIN, and nobody gave it. */
  #drop(tile: Tile, { role, value }: Pick<Order, 'role' | 'value'>): void {
    const binding = tile.bindings[role];
    if (binding) this.#settle(this.#begin(tile, binding, { role, value, phase: 'final' }), 'refused', 'pin');
  }

  #begin(tile: Tile, binding: Binding, order: Order): Pending {
    this.#pending.get(tile.id)?.stopTimer();
    this.#lastId += 1;
    const state: CommandState = {
      id: this.#lastId,
      role: order.role,
      value: nearest(order.value, order.range),
      sentAtMs: Math.floor(this.#options.serverNowMs()),
      status: 'sent',
    };
    const one: Pending = { tile, binding, state, stopTimer: () => undefined };
    this.#pending.set(tile.id, one);
    this.#states.set(tile.id, state);
    return one;
  }

  async #publish(one: Pending, message: OutgoingMessage): Promise<void> {
    one.stopTimer = this.#options.environment.after(timeoutOf(one.tile), () => {
      this.#settle(one, this.#confirmed.has(one) ? 'confirmed' : 'not-confirmed');
    });
    const result = await this.#options.publish(message);
    if (result.ok) {
      if (one.binding.stateTopic === undefined) this.#settle(one, 'no-feedback');
    } else this.#fail(one, message, result.error);
  }

  #fail(one: Pending, { topic, payload }: OutgoingMessage, { reason, ...again }: SendFailure): void {
    if (reason === 'pin') return this.#askAgain(one);
    if (reason === 'offline') return this.#settle(one, 'not-sent', reason);
    one.state = { ...one.state, ...again, refused: { topic, payload } };
    this.#settle(one, 'refused', reason);
  }

  /** The broker wants the PIN and this page did not know: nothing was sent. */
  #askAgain(one: Pending): void {
    if (!this.#isCurrent(one)) return;
    this.#forget(one);
    this.#askPin(one.tile, one.state, true);
  }

  #settle(one: Pending, status: Ended, reason?: CommandReason): void {
    if (!this.#isCurrent(one) || one.state.status !== 'sent') return;
    one.stopTimer();
    one.state = { ...one.state, status, ...(reason ? { reason } : {}) };
    this.#states.set(one.tile.id, one.state);
    if (status !== 'not-confirmed') {
      one.stopTimer = this.#options.environment.after(shownMs[status], () => this.#forget(one));
    }
    // Whoever closed the pad need not be told.
    const isTold = status !== 'confirmed' && status !== 'no-feedback' && reason !== 'pin';
    if (isTold) this.#options.onFailed(one.tile, one.state);
  }

  #forget(one: Pending): void {
    if (!this.#isCurrent(one)) return;
    one.stopTimer();
    this.#pending.delete(one.tile.id);
    this.#states.delete(one.tile.id);
  }

  #isCurrent(one: Pending): boolean {
    return this.#pending.get(one.tile.id) === one;
  }
}
