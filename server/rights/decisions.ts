import { compile, type Decider } from '../../shared/acl/compile.ts';
import { evaluate } from '../../shared/acl/evaluate.ts';
import type { ZoneOffset } from '../../shared/acl/hours.ts';
import type { Spending } from '../../shared/acl/limits.ts';
import type { Action, Standing } from '../../shared/acl/standing.ts';
import { usesOf, type Uses } from '../../shared/acl/uses.ts';
import type { AskReply, Subject } from '../../shared/api/people.ts';
import type { House } from '../../shared/house/house.ts';
import type { Principal } from '../broker/engine/engine.ts';
import { zoneOffset } from './zone.ts';

export interface Asked {
  readonly subject: Subject;
  readonly action: Action;
  /** A topic, or for `subscribe` a filter. */
  readonly topic: string;
  readonly clientId?: string;
  readonly payload?: Uint8Array;
  /** Default: now. */
  readonly atMs?: number;
}

/** Everything that is decided between two changes; thrown away as a whole with the next one. */
export interface Decisions {
  readonly uses: Uses;
  readonly timeZone: string;
  readonly zone: ZoneOffset;
  standingOf(subject: Subject): Standing;
  /** The plain answer with its reasons. */
  ask(asked: Asked): AskReply;
  /** The fast answer about an account. */
  ofSubject(subject: Subject): Decider;
  /** The fast answer about a connection. */
  ofConnection(principal: Principal, subject: Subject, clientId: string): Decider;
}

export interface DecisionParts {
  readonly house: House;
  readonly timeZone: string;
  readonly read: (subject: Subject) => Standing;
  readonly nowMs: () => number;
  readonly spendingOf: (subject: Subject) => Spending;
}

interface Known {
  readonly clientId: string;
  readonly decider: Decider;
}

const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`;

/** Finds what is not there yet, and keeps it. */
function remember<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

export function createDecisions({ house, timeZone, read, nowMs, spendingOf }: DecisionParts): Decisions {
  const uses = usesOf(house);
  const zone = zoneOffset(timeZone);
  const standings = new Map<string, Standing>();
  const bySubject = new Map<string, Decider>();
  /** One per session, since each has a principal object of its own. */
  const byPrincipal = new WeakMap<Principal, Known>();

  const standingOf = (subject: Subject): Standing => remember(standings, keyOf(subject), () => read(subject));
  const compiled = (subject: Subject, clientId: string): Decider =>
    compile(standingOf(subject), uses, { atMs: nowMs(), zone, clientId });

  return {
    uses,
    timeZone,
    zone,
    standingOf,
    ask: ({ subject, action, topic, clientId = '', payload, atMs = nowMs() }) => {
      const question = { action, topic, clientId, atMs, zone, spending: spendingOf(subject) };
      return evaluate(standingOf(subject), uses, payload ? { ...question, payload } : question);
    },
    ofSubject: (subject) => remember(bySubject, keyOf(subject), () => compiled(subject, '')),
    ofConnection: (principal, subject, clientId) => {
      const known = byPrincipal.get(principal);
      if (known?.clientId === clientId) return known.decider;
      const decider = compiled(subject, clientId);
      byPrincipal.set(principal, { clientId, decider });
      return decider;
    },
  };
}
