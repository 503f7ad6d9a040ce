import { withLevel } from '../../shared/acl/granting.ts';
import { maxExceptions } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { maxWishes, type OpenWish, type OwnWish, type WishAnswer, type WishTarget } from '../../shared/api/wishes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Auth } from '../auth/auth.ts';
import type { Person } from '../auth/people.ts';
import type { HouseDocument } from '../house/house-store.ts';
import type { Seeing } from '../rights/seeing.ts';
import type { Store } from '../store/store.ts';
import type { StoredWish, WishStore } from './wish-store.ts';

/** What people ask for, and what owners answer. */
export interface Wishes {
  ask(person: Person, target: WishTarget): Result<void, Problem>;
  /** Gives what was asked for, or refuses it. */
  answer(answer: WishAnswer): Result<void, Problem>;
  own(personId: string): readonly OwnWish[];
  /** What waits for an owner; only about what is there and not given by now. */
  open(): readonly OpenWish[];
}

export interface WishParts {
  readonly auth: Pick<Auth, 'people' | 'members' | 'hasEnded' | 'nowMs'>;
  readonly house: Pick<HouseDocument, 'current'>;
  readonly seeing: Pick<Seeing, 'view' | 'access'>;
  readonly store: Pick<Store, 'durable'>;
  readonly wishStore: WishStore;
  readonly onChanged: () => void;
}

const notAllowed: Problem = { code: 'not-allowed', message: 'You may not ask for that.' };
const notOpen: Problem = { code: 'not-found', message: 'Nobody asks for this any more.' };
const full: Problem = {
  code: 'limit-reached',
  message: `Only ${maxWishes} wishes at a time.`,
  params: { max: maxWishes },
};
const tooManyExceptions: Problem = {
  code: 'limit-reached',
  message: `There may be ${maxExceptions} exceptions.`,
  params: { max: maxExceptions },
};

const isSame = (one: WishTarget, other: WishTarget): boolean => one.kind === other.kind && one.id === other.id;

export function createWishes({ auth, house, seeing, store, wishStore, onChanged }: WishParts): Wishes {
  /** Whether somebody sees the target, and lacks what he asks for. Of what he does not see, this says nothing. */
  const standing = (personId: string, { kind, id }: WishTarget): 'unseen' | 'lacking' | 'given' => {
    const view = seeing.view(personId, house.current().house);
    if (kind === 'room') return view.rooms.some((room) => room.id === id) ? 'given' : 'unseen';
    if (!view.tiles.some((tile) => tile.id === id)) return 'unseen';
    return seeing.access(personId, view).viewOnly.includes(id) ? 'lacking' : 'given';
  };
  /**
   * Tiles only when they are seen. A member may ask for a room by its address, and gets the same answer whether there is one or not;
   * guests and wall panels know of nothing but what was shared with them.
   */
  const mayAsk = ({ id, role }: Person, target: WishTarget): boolean => {
    if (role === 'owner' || role === 'kiosk') return false;
    const is = standing(id, target);
    return is === 'lacking' || (is === 'unseen' && target.kind === 'room' && role === 'member');
  };
  const isThere = ({ kind, id }: WishTarget): boolean => {
    const { rooms, tiles } = house.current().house;
    return (kind === 'room' ? rooms : tiles).some((one) => one.id === id);
  };
  const give = ({ personId, target, level }: WishAnswer): Result<unknown, Problem> => {
    const person = auth.people.byId(personId);
    if (!person) return fail(notOpen);
    if (level === 'no') return ok(undefined);
    const grants = withLevel(person.grants, target, level);
    return grants.exceptions.length > maxExceptions
      ? fail(tooManyExceptions)
      : auth.members.change(personId, { grants });
  };
  const open = (): readonly OpenWish[] =>
    wishStore.all(auth.nowMs()).flatMap(({ personId, target, askedAtMs, answer }) => {
      const person = auth.people.byId(personId);
      if (!person || answer !== undefined || auth.hasEnded(person) || !isThere(target)) return [];
      return mayAsk(person, target) ? [{ personId, name: person.name, target, askedAtMs }] : [];
    });

  /** What was given and taken back since is as if nobody had asked. */
  const counts = ({ personId, target, answer }: StoredWish): boolean =>
    answer === undefined || answer === 'no' || standing(personId, target) === 'given';
  const ofPerson = (personId: string) => wishStore.of(personId, auth.nowMs()).filter(counts);

  return {
    open,
    own: (personId) => ofPerson(personId).map(({ personId: _own, ...wish }) => wish),
    ask: (person, target) => {
      if (!mayAsk(person, target)) return fail(notAllowed);
      const before = ofPerson(person.id);
      if (before.some((wish) => isSame(wish.target, target))) return ok(undefined);
      if (before.length >= maxWishes) return fail(full);
      const written = store.durable(() => wishStore.insert(person.id, target, auth.nowMs()));
      // Also about what is not there: a page that hears nothing would tell that there is no such room.
      if (written.ok) onChanged();
      return written;
    },
    answer: (answer) => {
      const { personId, target, level } = answer;
      if (!open().some((wish) => wish.personId === personId && isSame(wish.target, target))) return fail(notOpen);
      const given = give(answer);
      if (!given.ok) return given;
      const written = store.durable(() => void wishStore.answer(personId, target, level, auth.nowMs()));
      onChanged();
      return written;
    },
  };
}
