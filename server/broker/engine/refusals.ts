import type { Core } from './core.ts';
import type { ConnectionRefusal } from './counters.ts';
import type { Session } from './session.ts';

/** A right said no: counted, and told to whoever wants to know. */
export const noteRefused = (
  core: Core,
  { clientId, principal }: Pick<Session, 'clientId' | 'principal'>,
  action: 'publish' | 'subscribe',
  topic: string,
): void => {
  core.counters.drop('not-authorized');
  core.emit({ type: 'refused', clientId, principal, action, topic, atMs: core.clock.now() });
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
