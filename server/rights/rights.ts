import { isOpenAt, type ZoneOffset } from '../../shared/acl/hours.ts';
import type { Action, Standing } from '../../shared/acl/standing.ts';
import { nothingSpent } from '../../shared/acl/limits.ts';
import type { Uses } from '../../shared/acl/uses.ts';
import type { Allowance } from '../../shared/api/allowances.ts';
import { pinRefusal } from '../../shared/api/pin.ts';
import type { AskReply, AskStep, Subject } from '../../shared/api/people.ts';
import type { Auth } from '../auth/auth.ts';
import type { Clock } from '../broker/engine/clock.ts';
import type { Delivery, EngineEvent, Principal } from '../broker/engine/engine.ts';
import type { Inspected, Inspector } from '../broker/engine/options.ts';
import type { HouseDocument } from '../house/house-store.ts';
import { createAllowances } from './allowances.ts';
import { readViewer } from '../viewer.ts';
import { createDecisions, type Asked, type Decisions } from './decisions.ts';
import { createInspecting } from './inspecting.ts';
import { createPinInspecting } from './pin-inspecting.ts';
import { createRefusals, type Refused, type RefusedEvent } from './refusals.ts';
import type { RightsStore } from './rights-store.ts';
import { createSpendingBook } from './spending.ts';
import { createStandings } from './standings.ts';
import { createTraffic, type Traffic } from './traffic.ts';

const minuteMs = 60_000;
/** Hours are looked at so often; they begin and end on the minute. */
const lookEveryMs = 1_000;

/** Why rights may be others than before: the arrangement, people and rules, devices alone, or the hours of a day. */
export type RightsChange = 'house' | 'rules' | 'devices' | 'hours';

/** Who may do what. */
export interface Rights {
  /** For the engine: may this connection do that now? Remembered per connection until something changes. */
  readonly authorize: (principal: Principal, action: Action, topic: string, clientId: string) => boolean;
  /** For the engine: what people and their programs send is looked at, message by message. A yes counts as a use. */
  readonly inspectorFor: (inspected: Inspected) => Inspector | undefined;
  /** The same about an account, whatever its connection. */
  may(subject: Subject, action: Exclude<Action, 'subscribe'>, topic: string): boolean;
  /** Whether limits hold what may be sent there. */
  isLimited(subject: Subject, topic: string): boolean;
  /** The same with the reason. */
  ask(asked: Asked): AskReply;
  standingOf(subject: Subject): Standing;
  /** For a short while; until when. `undefined`: there are too many. */
  allow(allowance: Allowance): number | undefined;
  /** False: it was over already. */
  disallow(allowance: Allowance): boolean;
  /** Which tiles have a topic. */
  uses(): Uses;
  timeZone(): string;
  /** Groups, roles or the time zone were written, or accounts of devices. */
  changed(why: Extract<RightsChange, 'rules' | 'devices'>): void;
  onChange(listener: (why: RightsChange) => void): () => void;
  /** The broker tells what happened: for proposals, for the list of refused topics, for the log. */
  readonly notePublished: (delivery: Delivery) => void;
  noteSubscribed(event: SubscribedEvent): void;
  noteRefused(event: RefusedEvent): void;
  /** Each different refusal, at most once a minute. */
  onRefused(listener: (refused: Refused) => void): () => void;
  /** How often a right said no since the start. */
  refusedCount(): number;
  readonly traffic: Pick<Traffic, 'of' | 'forget'>;
  dispose(): void;
}

type SubscribedEvent = Extract<EngineEvent, { type: 'subscribed' }>;

export interface RightsParts {
  readonly auth: Auth;
  readonly store: RightsStore;
  readonly house: Pick<HouseDocument, 'current' | 'onSaved'>;
  readonly clock: Clock;
}

const isSubject = (kind: Principal['kind']): kind is Subject['kind'] =>
  kind === 'person' || kind === 'app' || kind === 'device';

/** Whose rights decide; a viewer has those of the person whose eyes it looks with. */
function subjectOf(principal: Principal): Subject | undefined {
  const { kind, id } = principal;
  if (kind === 'viewer') return { kind: 'person', id: readViewer(principal).personId };
  return isSubject(kind) ? { kind, id } : undefined;
}

/** Connections without an account: the server itself, and everybody with `--allow-anonymous`. */
const withoutAccount = (kind: Principal['kind'], action: Action, topic: string): boolean =>
  kind === 'server' || action !== 'publish' || !topic.startsWith('$');

const authorizeBy =
  (now: () => Decisions): Rights['authorize'] =>
  (principal, action, topic, clientId) => {
    const subject = subjectOf(principal);
    if (!subject) return withoutAccount(principal.kind, action, topic);
    if (principal.kind === 'viewer' && action === 'publish') return false;
    if (action === 'subscribe') return now().ask({ subject, action, topic, clientId }).isAllowed;
    return now().ofConnection(principal, subject, clientId).decide(action, topic);
  };

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

/** What the broker tells: for proposals, for the list of refused topics, for the log. */
function createNotes(now: () => Decisions) {
  const traffic = createTraffic();
  const explain = ({ principal, clientId, action, topic, payload, reason }: RefusedEvent): AskStep | undefined => {
    if (reason === pinRefusal) return { kind: 'pin', outcome: 'decides' };
    const { kind, id } = principal;
    if (!isSubject(kind)) return undefined;
    const asked = { subject: { kind, id }, clientId, action, topic };
    const { isAllowed, steps } = now().ask(payload ? { ...asked, payload } : asked);
    // What the disk would not take was refused by no rule.
    if (isAllowed) return undefined;
    return steps.find(({ outcome }) => outcome === 'decides');
  };
  const refusals = createRefusals(explain);
  return {
    traffic,
    notePublished: ({ publisher, message, atMs }: Delivery): void => {
      if (publisher?.principal.kind === 'device') traffic.used(publisher.principal.id, 'write', message.topic, atMs);
    },
    noteSubscribed: ({ principal, filter, atMs }: SubscribedEvent): void => {
      if (principal.kind === 'device') traffic.used(principal.id, 'read', filter, atMs);
    },
    noteRefused: (event: RefusedEvent): void => {
      const { principal, action, topic, atMs } = event;
      const access = action === 'publish' ? 'write' : 'read';
      if (principal.kind === 'device') traffic.refused(principal.id, access, topic, atMs);
      refusals.note(event);
    },
    onRefused: refusals.on,
    refusedCount: refusals.count,
  };
}

/** Whose limits count for a subject: an app password has those of its person. */
const personOf = ({ apps }: Pick<Auth, 'apps'>, { kind, id }: Subject): string | undefined => {
  if (kind === 'person') return id;
  return kind === 'app' ? apps.byId(id)?.personId : undefined;
};

/** What was used, and whether what is sent may be. */
function createLimits({ auth, clock }: RightsParts, now: () => Decisions) {
  const book = createSpendingBook();
  const takeUse = (personId: string): boolean => auth.members.use(personId, (run) => clock.endOfTurn(run)).ok;
  const inspected = createInspecting({ book, takeUse, zone: () => now().zone });
  return {
    spendingOf: (subject: Subject) => {
      const personId = personOf(auth, subject);
      return personId === undefined ? nothingSpent : book.of(personId);
    },
    inspectorFor: ({ principal, clientId }: Inspected): Inspector | undefined => {
      const { kind, id } = principal;
      if (kind !== 'person' && kind !== 'app') return undefined;
      const subject: Subject = { kind, id };
      // Whose an app password is never changes: read once, not with every message.
      let personId: string | undefined;
      return (topic, payload) => {
        const limits = now().ofConnection(principal, subject, clientId).limits(topic);
        if (!limits) return undefined;
        personId ??= personOf(auth, subject);
        if (personId === undefined) return undefined;
        return inspected({ personId, limits, payload, atMs: auth.nowMs() });
      };
    },
  };
}

/** The second is asked about what the first let pass: its yes may count as a use. */
const both = (first: Inspector | undefined, second: Inspector | undefined): Inspector | undefined =>
  first && second ? (topic, payload) => first(topic, payload) ?? second(topic, payload) : (first ?? second);

export function createRights(parts: RightsParts): Rights {
  const { auth, store, house } = parts;
  const nowMs = (): number => auth.nowMs();
  const { allow, disallow, ...allowances } = createAllowances({
    ...parts.clock,
    nowMs,
    onChanged: () => renew('rules'),
  });
  const limits = createLimits(parts, () => now);
  const listeners = new Set<(why: RightsChange) => void>();
  const begin = (): Decisions =>
    createDecisions({
      house: house.current().house,
      timeZone: store.timeZone(),
      read: createStandings({ auth, store, allowances }),
      nowMs,
      spendingOf: limits.spendingOf,
    });
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
    allowances.dispose,
    auth.onChanged((what) => {
      if (what === 'rights') renew('rules');
    }),
  ];

  const notes = createNotes(() => now);
  const inspectPin = createPinInspecting(auth.pin, () => now);

  return {
    ...notes,
    inspectorFor: (inspected) => both(inspectPin(inspected), limits.inspectorFor(inspected)),
    authorize: authorizeBy(() => now),
    may: (subject, action, topic) => now.ofSubject(subject).decide(action, topic),
    isLimited: (subject, topic) => now.ofSubject(subject).limits(topic) !== undefined,
    ask: (asked) => now.ask(asked),
    standingOf: (subject) => now.standingOf(subject),
    allow,
    disallow,
    uses: () => now.uses,
    timeZone: () => now.timeZone,
    changed: renew,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => stops.forEach((stop) => stop()),
  };
}
