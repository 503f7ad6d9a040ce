import type { Grants, Level } from '../api/people.ts';
import type { WishTarget } from '../api/wishes.ts';

/** The grants with a level for one room, or for one tile as an exception; what must be held stays so, hours go. */
export function withLevel(grants: Grants, { kind, id }: WishTarget, level: Level): Grants {
  if (kind === 'room') return { ...grants, rooms: { ...grants.rooms, [id]: level } };
  const before = grants.exceptions.find(({ tileId }) => tileId === id);
  const given = { tileId: id, level, ...(before?.hold === undefined ? {} : { hold: before.hold }) };
  return { ...grants, exceptions: [...grants.exceptions.filter((one) => one !== before), given] };
}
