import type { Connection } from './connection.ts';
import type { Environment } from './environment.ts';

/** Notices a half-open socket within 5 s: asks for a sign of life after a short silence and gives up after a longer one. */
export interface Pulse {
  start(): void;
  /** After sleep or a change of network: an answer now, or the socket is dead. */
  check(): void;
  dispose(): void;
}

const tickMs = 500;
export const pingAfterMs = 2_000;
export const deadAfterMs = 4_000;
/** A page that slept did not hear anything: what lies in the socket gets this long to arrive. */
export const graceMs = 1_500;
const sleptMs = 2_000;

export interface PulseOptions {
  readonly environment: Pick<Environment, 'monotonicMs' | 'every' | 'isVisible'>;
  readonly connection: () => Connection | undefined;
}

export function createPulse({ environment, connection }: PulseOptions): Pulse {
  let lastTickMs = environment.monotonicMs();
  let pingedAtMs = -Infinity;
  /** Until then silence is not held against the socket. */
  let graceUntilMs = -Infinity;
  let stop = (): void => undefined;

  const ping = (alive: Connection, nowMs: number): void => {
    pingedAtMs = nowMs;
    alive.ping();
  };

  const check = (): void => {
    const alive = connection();
    const nowMs = environment.monotonicMs();
    if (!alive) return;
    graceUntilMs = nowMs + graceMs;
    // Silence from now on counts as if it had lasted: after the grace the socket is given up.
    ping(alive, nowMs);
  };

  const tick = (): void => {
    const nowMs = environment.monotonicMs();
    const hasSlept = nowMs - lastTickMs > sleptMs;
    lastTickMs = nowMs;
    const alive = connection();
    if (!alive || !environment.isVisible()) return;
    if (hasSlept) return check();
    const silentMs = nowMs - alive.lastHeardMs;
    if (silentMs >= deadAfterMs && nowMs >= graceUntilMs) alive.close();
    else if (silentMs >= pingAfterMs && nowMs - pingedAtMs >= pingAfterMs) ping(alive, nowMs);
  };

  return {
    start: () => {
      stop = environment.every(tickMs, tick);
    },
    check,
    dispose: () => stop(),
  };
}
