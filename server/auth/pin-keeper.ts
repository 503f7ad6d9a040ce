import { lockAfterMs, triesLeft } from '../../shared/acl/pin-tries.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { createListeners } from './listeners.ts';
import type { PasswordHasher } from './password.ts';
import type { Person } from './people.ts';
import type { PinProofs } from './pin-proofs.ts';
import type { Pins, StoredPin } from './pins.ts';
import { tooManyTries } from './setup.ts';
import type { WallClock } from './wall-clock.ts';

const busyMs = 1_000;
const noPin: Problem = { code: 'no-pin', message: 'This person has no PIN.' };

export interface PinKeeperParts {
  readonly store: Store;
  readonly pins: Pins;
  readonly proofs: PinProofs;
  readonly hasher: PasswordHasher;
  readonly wallClock: WallClock;
  /** Somebody has a PIN now, another one or none any more. */
  readonly onSet: () => void;
}

export interface PinAttempt {
  readonly person: Pick<Person, 'id' | 'name'>;
  /** What it was asked for. */
  readonly tileId: string;
  readonly pin: string;
  readonly address: string;
}
export type WrongPin = Omit<PinAttempt, 'pin'>;

/** PINs of people: sets them, checks them, and knows who has shown one. */
export interface PinKeeper extends Pick<PinProofs, 'give' | 'has'> {
  /** Undefined: has none. */
  infoOf(personId: string): Pick<StoredPin, 'length' | 'setAtMs'> | undefined;
  /** Wrong tries go with it: whoever may set a PIN is not the one who guesses. Proofs of the old one count no more. */
  set(personId: string, pin: string | null, address: string): Promise<Result<void, Problem>>;
  check(attempt: PinAttempt): Promise<Result<void, Problem>>;
  readonly onWrong: (listener: (wrong: WrongPin) => void) => () => void;
}

const refusalOf = ({ lockedUntilMs, wrongTries }: StoredPin): Problem =>
  lockedUntilMs > 0
    ? { code: 'pin-locked', message: 'Too many wrong PINs. Wait, then try again.', params: { untilMs: lockedUntilMs } }
    : { code: 'wrong-pin', message: 'This is not the PIN.', params: { left: triesLeft(wrongTries) } };

/** There was no time to look at it: it counts no more. */
function notTried({ wrongTries, lockedUntilMs }: StoredPin): Partial<StoredPin> {
  // A right one in between has taken it away already.
  const tries = Math.max(0, wrongTries - 1);
  return { wrongTries: tries, lockedUntilMs: lockAfterMs(tries) > 0 ? lockedUntilMs : 0 };
}
const right = (): Partial<StoredPin> => ({ wrongTries: 0, lockedUntilMs: 0 });

/** How tries are counted. */
function createTries({ store, pins, wallClock }: PinKeeperParts) {
  return {
    /** Counted before it is checked: neither kill -9 nor many tries at once give more than there are. */
    begin: (personId: string): Result<StoredPin, Problem> => {
      const begun = store.durable((): Result<StoredPin, Problem> => {
        const before = pins.of(personId);
        if (!before) return fail(noPin);
        if (before.lockedUntilMs > wallClock.now()) return fail(refusalOf(before));
        const wrongTries = before.wrongTries + 1;
        const lockMs = lockAfterMs(wrongTries);
        const next = { ...before, wrongTries, lockedUntilMs: lockMs > 0 ? wallClock.now() + lockMs : 0 };
        pins.put(next);
        // The time goes with it: a clock that is set back ends no wait.
        wallClock.mark();
        return ok(next);
      });
      return begun.ok ? begun.value : begun;
    },
    /** How a try ended that was no wrong one; false: the PIN is another one by now. */
    settle: (tried: StoredPin, after: (now: StoredPin) => Partial<StoredPin>): Result<boolean, Problem> =>
      store.durable(() => {
        const now = pins.of(tried.personId);
        if (now?.hash !== tried.hash) return false;
        pins.put({ ...now, ...after(now) });
        return true;
      }),
  };
}

function createSet({ store, pins, proofs, hasher, wallClock, onSet }: PinKeeperParts): PinKeeper['set'] {
  const write = (personId: string, put: () => void): Result<void, Problem> => {
    const written = store.durable(put);
    if (!written.ok) return written;
    proofs.end({ personId });
    onSet();
    return written;
  };
  return async (personId, pin, address) => {
    if (pin === null) return write(personId, () => pins.remove(personId));
    const hashed = await hasher.hash(pin, { line: 'person', address });
    if (!hashed.ok) return fail(tooManyTries(busyMs));
    const fresh = { personId, hash: hashed.value, length: pin.length, setAtMs: wallClock.now() };
    return write(personId, () => pins.put({ ...fresh, wrongTries: 0, lockedUntilMs: 0 }));
  };
}

export function createPinKeeper(parts: PinKeeperParts): PinKeeper {
  const { pins, proofs, hasher } = parts;
  const { begin, settle } = createTries(parts);
  const wrong = createListeners<WrongPin>();
  const check = async ({ pin, ...attempt }: PinAttempt): Promise<Result<void, Problem>> => {
    const begun = begin(attempt.person.id);
    if (!begun.ok) return begun;
    const tried = begun.value;
    const verified = await hasher.verify(tried.hash, pin, { line: 'person', address: attempt.address });
    if (!verified.ok) {
      settle(tried, notTried);
      return fail(tooManyTries(busyMs));
    }
    const settled = verified.value ? settle(tried, right) : ok(false);
    if (!settled.ok) return settled;
    if (settled.value) return ok(undefined);
    wrong.tell(attempt);
    return fail(refusalOf(tried));
  };
  return {
    give: proofs.give,
    has: proofs.has,
    infoOf: (personId) => {
      const stored = pins.of(personId);
      return stored && { length: stored.length, setAtMs: stored.setAtMs };
    },
    set: createSet(parts),
    check,
    onWrong: wrong.on,
  };
}
