import type { ListenerRefusal, RefusalReason } from './engine.ts';
import { countedLimits } from './limits.ts';
import type { CountedLimit } from './limits.ts';

/** Why a message did not reach a client. */
const dropCauses = [
  'slow-client',
  'too-large',
  'queue-full',
  'expired',
  'not-authorized',
  'retained-limit',
  'rate',
  'store',
] as const;
export type DropCause = (typeof dropCauses)[number];

/** Why a connection was not let in. */
export type ConnectionRefusal = RefusalReason | ListenerRefusal;
const refusals: readonly ConnectionRefusal[] = [
  'no-credentials',
  'bad-credentials',
  'throttled',
  'blocked',
  'limit',
  'protocol',
  'network',
  'tls',
  'origin',
];

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>; // fromEntries forgets the names

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Totals since the engine started. */
export class Counters {
  bytesReceived = 0;
  bytesSent = 0;
  packetsReceived = 0;
  packetsSent = 0;
  publishReceived = 0;
  publishSent = 0;
  /** Payloads alone. */
  publishBytesReceived = 0;
  publishBytesSent = 0;
  clientsMaximum = 0;
  clientsExpired = 0;
  /** Connections of all kinds, also those that never logged in. */
  socketsOpened = 0;
  connectionsAccepted = 0;
  readonly dropped = zeros(dropCauses);
  readonly refused = zeros(refusals);
  /** How often a limit made the engine say no. */
  readonly exceeded = zeros(countedLimits);

  drop(cause: DropCause): void {
    this.dropped[cause]++;
  }

  refuse(why: ConnectionRefusal): void {
    this.refused[why]++;
  }

  exceed(limit: CountedLimit): void {
    this.exceeded[limit]++;
  }

  get droppedTotal(): number {
    return sumOf(this.dropped);
  }

  get connectionsRefused(): number {
    return sumOf(this.refused);
  }
}
