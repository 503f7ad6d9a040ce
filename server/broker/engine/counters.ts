/** Why a message did not reach a client. */
export type DropCause =
  'slow-client' | 'too-large' | 'queue-full' | 'expired' | 'not-authorized' | 'retained-limit' | 'rate' | 'store';

/** Totals since the engine started. */
export class Counters {
  bytesReceived = 0;
  bytesSent = 0;
  packetsReceived = 0;
  publishReceived = 0;
  publishSent = 0;
  clientsMaximum = 0;
  clientsExpired = 0;
  connectionsAccepted = 0;
  connectionsRefused = 0;
  readonly dropped: Record<DropCause, number> = {
    'slow-client': 0,
    'too-large': 0,
    'queue-full': 0,
    expired: 0,
    'not-authorized': 0,
    'retained-limit': 0,
    rate: 0,
    store: 0,
  };

  drop(cause: DropCause): void {
    this.dropped[cause]++;
  }

  get droppedTotal(): number {
    return Object.values(this.dropped).reduce((sum, count) => sum + count, 0);
  }
}
