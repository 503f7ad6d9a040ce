import type { Core } from './core.ts';
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
