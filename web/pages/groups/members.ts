import type { DeviceInfo } from '../../../shared/api/contract.ts';
import type { GroupInfo, PersonInfo } from '../../../shared/api/people.ts';

/** Somebody or something that may belong to a group. */
export interface Member {
  readonly kind: 'people' | 'devices';
  readonly id: string;
  readonly name: string;
}

export interface Everybody {
  readonly people: readonly Pick<PersonInfo, 'id' | 'name'>[];
  readonly devices: readonly Pick<DeviceInfo, 'id' | 'name'>[];
}

/** All of the home, people first. */
const allOf = ({ people, devices }: Everybody): readonly Member[] => [
  ...people.map(({ id, name }): Member => ({ kind: 'people', id, name })),
  ...devices.map(({ id, name }): Member => ({ kind: 'devices', id, name })),
];

type Sides = Pick<GroupInfo, 'people' | 'devices'>;

/** Who is in it and still there. */
export const membersOf = (group: Sides, everybody: Everybody): readonly Member[] =>
  allOf(everybody).filter(({ kind, id }) => group[kind].includes(id));

/** Who could come into it, by a search. */
export function othersOf(group: Sides, everybody: Everybody, search: string): readonly Member[] {
  const words = search.trim().toLocaleLowerCase();
  return allOf(everybody).filter(
    ({ kind, id, name }) => !group[kind].includes(id) && name.toLocaleLowerCase().includes(words),
  );
}

export const withMember = (group: GroupInfo, { kind, id }: Member): GroupInfo => ({
  ...group,
  [kind]: [...group[kind].filter((one) => one !== id), id],
});
export const withoutMember = (group: GroupInfo, { kind, id }: Member): GroupInfo => ({
  ...group,
  [kind]: group[kind].filter((one) => one !== id),
});
