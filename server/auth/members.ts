import { oneUseMs } from '../../shared/api/limits.ts';
import type { PersonChange } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { checkName, nameTaken } from './accounts.ts';
import type { AppPasswords } from './app-passwords.ts';
import type { Invites } from './invites.ts';
import type { Logins } from './logins.ts';
import { hasEnded, lastingOwners, nameKey, type People, type Person } from './people.ts';
import type { Pins } from './pins.ts';
import type { WallClock } from './wall-clock.ts';

/** How often ends are looked for; an ended account is refused at once, its sockets are cut by then. */
const lookEveryMs = 1_000;

const notFound: Problem = { code: 'not-found', message: 'This person is not here any more.' };
const noUsesLeft: Problem = { code: 'account-ended', message: 'No uses are left.' };
const lastOwner: Problem = {
  code: 'last-owner',
  message: 'This is the last owner. Make somebody else an owner first.',
};

export interface MemberParts {
  readonly store: Store;
  readonly people: People;
  readonly logins: Logins;
  readonly invites: Invites;
  readonly apps: AppPasswords;
  readonly pins: Pins;
  readonly clock: WallClock;
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly onChanged: () => void;
  /** An account has ended or is gone: everything of it is to be cut. */
  readonly onAccountEnded: (personId: string) => void;
  /** The end of an account was reached. */
  readonly onRanOut: (person: Person) => void;
}

/** What owners do with people. */
export interface Members {
  change(id: string, change: PersonChange): Result<Person, Problem>;
  /**
   * Takes one use from a card for good, before what it is used for happens; whoever does not count has enough. With the last one the
   * end is set: when that use is over. `later` tells of it once this turn is done, as everybody then looks at rights again.
   */
  use(id: string, later: (run: () => void) => void): Result<void, Problem>;
  /** Ends an account now; it stays in the list. */
  end(id: string): Result<void, Problem>;
  remove(id: string): Result<void, Problem>;
  dispose(): void;
}

/** The uses that are left after a change; who is let in again by another end does not count any more. */
function usesAfter({ usesLeft: before }: Person, { usesLeft, endsAtMs }: PersonChange): Pick<Person, 'usesLeft'> {
  const isSpent = before === 0 && endsAtMs !== undefined;
  const after = usesLeft === undefined && !isSpent ? before : (usesLeft ?? undefined);
  return after === undefined ? {} : { usesLeft: after };
}

/** The account after a change. A new end in the future, or none, is how an owner lets somebody in again. */
function changed(person: Person, change: PersonChange, nowMs: number): Person {
  const { endsAtMs, name = person.name, role = person.role, grants = person.grants, rules = person.rules } = change;
  const { usesLeft: _before, ...rest } = person;
  const next: Person = { ...rest, ...usesAfter(person, change), name, role, grants, rules };
  if (endsAtMs === undefined) return next;
  const { endsAtMs: _end, endedAtMs: _fact, ...endless } = next;
  if (endsAtMs === null) return endless;
  return { ...endless, endsAtMs, ...(endsAtMs <= nowMs ? { endedAtMs: nowMs } : {}) };
}

/** Writes what `act` makes of a person, unless the house would be without a lasting owner. */
function createWrite({ store, people, logins, invites, apps, pins, clock }: MemberParts) {
  const forget = (id: string): void => {
    people.remove(id);
    logins.endAll(id);
    apps.removeOf(id);
    pins.remove(id);
  };
  return (id: string, act: (person: Person) => Result<Person | undefined, Problem>): Result<Person, Problem> => {
    const written = store.durable((): Result<Person, Problem> => {
      const person = people.byId(id);
      if (!person) return fail(notFound);
      const next = act(person);
      if (!next.ok) return next;
      const after = people.all().flatMap((one) => (one.id === id ? (next.value ?? []) : one));
      if (lastingOwners(after).length === 0) return fail(lastOwner);
      if (next.value) people.put(next.value);
      else forget(id);
      // Whoever is no owner any more invites nobody.
      if (next.value?.role !== 'owner') invites.removeOf(id);
      clock.mark();
      return ok(next.value ?? person);
    });
    return written.ok ? written.value : written;
  };
}

export function createMembers(parts: MemberParts): Members {
  const { people, clock, onChanged, onAccountEnded, onRanOut } = parts;
  const write = createWrite(parts);

  const tell = (person: Person): void => {
    onChanged();
    if (hasEnded(person, clock.now())) onAccountEnded(person.id);
  };
  /** Ends are facts from the moment on at which they were seen. */
  const look = (): void => {
    const due = people.all().filter((person) => person.endedAtMs === undefined && hasEnded(person, clock.now()));
    for (const person of due) if (end(person.id).ok) onRanOut(person);
  };
  const end = (id: string): Result<void, Problem> => {
    const written = write(id, (person) => ok({ ...person, endedAtMs: person.endedAtMs ?? clock.now() }));
    if (!written.ok) return written;
    tell(written.value);
    return ok(undefined);
  };
  const use = (id: string): Result<void, Problem> => {
    const written = write(id, (person) => {
      const { usesLeft, endsAtMs = Infinity } = person;
      if (usesLeft === undefined) return ok(person);
      if (usesLeft === 0) return fail(noUsesLeft);
      const isLast = usesLeft === 1;
      const end = isLast ? { endsAtMs: Math.min(endsAtMs, clock.now() + oneUseMs) } : {};
      return ok({ ...person, usesLeft: usesLeft - 1, ...end });
    });
    return written.ok ? ok(undefined) : written;
  };
  const stop = parts.every(lookEveryMs, look);

  return {
    change: (id, change) => {
      const written = write(id, (person) => {
        const next = changed(person, change, clock.now());
        const other = nameKey(next.name) === nameKey(person.name) ? undefined : people.byName(next.name);
        const problem = checkName(next.name) ?? (other && nameTaken(next.name));
        return problem ? fail(problem) : ok(next);
      });
      if (written.ok) tell(written.value);
      return written;
    },
    use: (id, later) => {
      const used = use(id);
      if (used.ok) later(onChanged);
      return used;
    },
    end,
    remove: (id) => {
      const written = write(id, () => ok(undefined));
      if (!written.ok) return written;
      onChanged();
      onAccountEnded(id);
      return ok(undefined);
    },
    dispose: stop,
  };
}
