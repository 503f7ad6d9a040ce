import type { Grants, Level } from '../api/people.ts';
import type { WishTarget } from '../api/wishes.ts';

/** The grants with a level for one room, or for one tile as an exception; what limits it otherwise stays so, hours go. */
export function withLevel(grants: Grants, { kind, id }: WishTarget, level: Level): Grants {
  if (kind === 'room') return { ...grants, rooms: { ...grants.rooms, [id]: level } };
  const before = grants.exceptions.find(({ tileId }) => tileId === id);
  const { hours: _gone, ...kept } = before ?? {};
  const given = { ...kept, tileId: id, level };
  return { ...grants, exceptions: [...grants.exceptions.filter((one) => one !== before), given] };
}
