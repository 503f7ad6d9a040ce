import type { Core } from './core.ts';
import type { ConnectionRefusal } from './counters.ts';
import type { Session } from './session.ts';

interface RefusedAct {
  readonly action: 'publish' | 'subscribe';
  readonly topic: string;
  readonly reason?: string | undefined;
  readonly payload?: Uint8Array | undefined;
}

/** A right said no: counted, and told to whoever wants to know. */
export const noteRefused = (
  core: Core,
  { clientId, principal }: Pick<Session, 'clientId' | 'principal'>,
  { action, topic, reason, payload }: RefusedAct,
): void => {
  core.counters.drop('not-authorized');
  const why = { ...(reason === undefined ? {} : { reason }), ...(payload ? { payload } : {}) };
  core.emit({ type: 'refused', clientId, principal, action, topic, ...why, atMs: core.clock.now() });
};

/** A connection was not let in: counted, and told to whoever wants to know. `who` is what it said of itself, if it came so far. */
export const noteTurnedAway = (
  core: Core,
  remoteAddress: string,
  reason: ConnectionRefusal,
  who: { readonly clientId: string; readonly username?: string } = { clientId: '' },
): void => {
  core.counters.refuse(reason);
  core.emit({ type: 'turned-away', ...who, remoteAddress, reason, atMs: core.clock.now() });
};
