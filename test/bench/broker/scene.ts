import type { Target } from './client.ts';

/** What a load does; each kind is one file. Durations in milliseconds. */
export type Scene =
  | {
      readonly kind: 'throughput';
      /** Who sends to whom: all to all on one topic, each to its partner, or all to `house/+/sensors/#`. */
      readonly shape: 'one' | 'pairs' | 'fan-in';
      readonly publishers: number;
      readonly subscribers: number;
      readonly qos: 0 | 1 | 2;
      /** Messages sent and not yet delivered to everybody. */
      readonly window: number;
      readonly durationMs: number;
    }
  | { readonly kind: 'latency'; readonly perSecond: number; readonly durationMs: number }
  | { readonly kind: 'connects'; readonly clients: number; readonly atOnce: number }
  | { readonly kind: 'retained'; readonly messages: number }
  | { readonly kind: 'offline'; readonly inflight: number; readonly durationMs: number }
  | {
      readonly kind: 'probe';
      readonly publishers: number;
      /** Of each publisher. */
      readonly perSecond: number;
      readonly subscribers: number;
      readonly qos: 0 | 1;
      readonly payloadBytes: number;
      readonly durationMs: number;
    }
  | { readonly kind: 'attack'; readonly attack: Attack; readonly durationMs: number };

/** What one client, or one address, does to all others. */
export type Attack =
  | 'none'
  | 'stalled at QoS 0'
  | 'stalled at QoS 1'
  | 'half-open'
  | 'connects'
  | 'publish flood'
  | 'PUBREL flood'
  | 'PINGREQ flood'
  | 'deep topics'
  | 'deep filters'
  | '256 MB announced'
  | 'random bytes'
  | 'random bytes after login'
  | 'TLS bytes'
  | 'HTTP request'
  | 'WebSocket rubbish'
  | 'wrong passwords';

export interface Order {
  readonly scene: Scene;
  readonly target: Target;
}

/** One figure, and how many messages did not come or came in the wrong order. */
export interface Outcome {
  readonly value: number;
  readonly lost: number;
  /** The worst single one, where `value` is a percentile. */
  readonly worst?: number;
}

export const payloadBytes = 32;
/** A load gives up when nothing has come for so long. */
export const quietMs = 3_000;

let clients = 0;
/** A client id nobody else has. */
export const newClientId = (): string => `bench-${process.pid}-${Date.now().toString(36)}-${clients++}`;
