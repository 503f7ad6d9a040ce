import { needsPin } from '../../shared/acl/pin.ts';
import { pinRefusal } from '../../shared/api/pin.ts';
import type { PinKeeper } from '../auth/pin-keeper.ts';
import type { Inspected, Inspector } from '../broker/engine/options.ts';
import type { Decisions } from './decisions.ts';

/** Holds back what needs the PIN, unless the login behind the connection has just shown it for this topic. */
export function createPinInspecting(pins: Pick<PinKeeper, 'has'>, now: () => Pick<Decisions, 'standingOf' | 'uses'>) {
  return ({ principal: { kind, id }, origin }: Inspected): Inspector | undefined => {
    if (kind !== 'person' && kind !== 'app') return undefined;
    // An app password, a will: nobody is there to give a PIN.
    const loginId = kind === 'person' ? origin?.loginId : undefined;
    const isProven = (topic: string): boolean => loginId !== undefined && pins.has(loginId, topic);
    return (topic, payload) => {
      const { standingOf, uses } = now();
      return needsPin(standingOf({ kind, id }), uses, topic, payload) && !isProven(topic) ? pinRefusal : undefined;
    };
  };
}
