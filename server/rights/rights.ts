import { isOpenAt, type ZoneOffset } from '../../shared/acl/hours.ts';
import type { Action, Standing } from '../../shared/acl/standing.ts';
import type { Uses } from '../../shared/acl/uses.ts';
import type { AskReply, Subject } from '../../shared/api/people.ts';
import type { Auth } from '../auth/auth.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { Principal } from '../broker/engine/engine.ts';
import type { HouseDocument } from '../house/house-store.ts';
import { createDecisions, type Asked, type Decisions } from './decisions.ts';
import type { RightsStore } from './rights-store.ts';
import { createStandings } from './standings.ts';

const minuteMs = 60_000;
/** Hours are looked at so often; they begin and end on the minute. */
const lookEveryMs = 1_000;

/** Why rights may be others than before: the arrangement, accounts and rules, or the hours of a day. */
export type RightsChange = 'house' | 'rules' | 'hours';

/** Who may do what. */
export interface Rights {
  /** For the engine: may this connection do that now? Remembered per connection until something changes. */
  readonly authorize: (principal: Principal, action: Action, topic: string, clientId: string) => boolean;
  /** The same about an account, whatever its connection. */
  may(subject: Subject, action: Exclude<Action, 'subscribe'>, topic: string): boolean;
  /** The same with the reason. */
  ask(asked: Asked): AskReply;
  standingOf(subject: Subject): Standing;
  /** Which tiles have a topic. */
  uses(): Uses;
  timeZone(): string;
  /** Groups, roles or the time zone were written. */
  changed(): void;
  onChange(listener: (why: RightsChange) => void): () => void;
  dispose(): void;
}

export interface RightsParts {
  readonly auth: Auth;
  readonly store: RightsStore;
  readonly house: Pick<HouseDocument, 'current' | 'onSaved'>;
  readonly clock: Clock;
}

const isSubject = (kind: Principal['kind']): kind is Subject['kind'] =>
  kind === 'person' || kind === 'app' || kind === 'device';

/** Connections without an account: the server itself, and everybody with `--allow-anonymous`. */
const withoutAccount = (kind: Principal['kind'], action: Action, topic: string): boolean =>
  kind === 'server' || action !== 'publish' || !topic.startsWith('$');

/** Tells when the hours of an exception begin or end. */
function watchHours({ auth, clock }: RightsParts, zone: () => ZoneOffset, onChanged: () => void): () => void {
  /** Which hours are open, as one text: when it changes, so may answers. */
  const openHours = (): string =>
    auth.people
      .all()
      .flatMap(({ grants }) => grants.exceptions)
      .map(({ hours }) => (hours && isOpenAt(hours, auth.nowMs(), zone()) ? '1' : '0'))
      .join('');
  let lastMinute = Number.NaN;
  let open = openHours();
  const look = (): void => {
    const minute = Math.floor(auth.nowMs() / minuteMs);
    if (minute === lastMinute) return;
    lastMinute = minute;
    const before = open;
    open = openHours();
    if (open !== before) onChanged();
  };
  const stops = [
    clock.every(lookEveryMs, look),
    // Whatever is new begins with the hours as they are.
    auth.onChanged(() => {
      open = openHours();
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

export function createRights(parts: RightsParts): Rights {
  const { auth, store, house } = parts;
  const read = createStandings({ auth, store });
  const listeners = new Set<(why: RightsChange) => void>();
  const begin = (): Decisions =>
    createDecisions({ house: house.current().house, timeZone: store.timeZone(), read, nowMs: () => auth.nowMs() });
  let now = begin();
  const renew = (why: RightsChange): void => {
    now = begin();
    listeners.forEach((listener) => listener(why));
  };
  const stops = [
    watchHours(
      parts,
      () => now.zone,
      () => renew('hours'),
    ),
    house.onSaved(() => renew('house')),
    auth.onChanged((what) => {
      if (what === 'rights') renew('rules');
    }),
  ];

  return {
    authorize: (principal, action, topic, clientId) => {
      const { kind, id } = principal;
      if (!isSubject(kind)) return withoutAccount(kind, action, topic);
      const subject = { kind, id };
      if (action === 'subscribe') return now.ask({ subject, action, topic, clientId }).isAllowed;
      return now.ofConnection(principal, subject, clientId).decide(action, topic);
    },
    may: (subject, action, topic) => now.ofSubject(subject).decide(action, topic),
    ask: (asked) => now.ask(asked),
    standingOf: (subject) => now.standingOf(subject),
    uses: () => now.uses,
    timeZone: () => now.timeZone,
    changed: () => renew('rules'),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => stops.forEach((stop) => stop()),
  };
}
