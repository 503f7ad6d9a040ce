import type { Exception, Grants, Level, Role } from '../../../shared/api/people.ts';
import { maxExceptions } from '../../../shared/api/people.ts';
import type { House } from '../../../shared/house/house.ts';

/** What somebody new begins with: nothing. */
export const noGrants: Grants = { otherRooms: 'no', rooms: {}, exceptions: [] };

/** What an invitation gives: only guests' cards have limits, and what owners may is not asked. */
export const grantsFor = (role: Role, grants: Grants): Grants => {
  if (role === 'owner') return noGrants;
  const { onlyAtHome: _home, atMostPercent: _most, ...given } = grants;
  return role === 'guest' ? grants : given;
};

/** The level of a room: its own, else the one for all others. */
export const levelOf = ({ rooms, otherRooms }: Grants, roomId: string): Level =>
  (Object.hasOwn(rooms, roomId) ? rooms[roomId] : undefined) ?? otherRooms;

export const withRoom = (grants: Grants, roomId: string, level: Level): Grants => ({
  ...grants,
  rooms: { ...grants.rooms, [roomId]: level },
});

/** Every room, also those made later. */
export const withAllRooms = (grants: Grants, house: Pick<House, 'rooms'>, level: Level): Grants => ({
  ...grants,
  otherRooms: level,
  rooms: Object.fromEntries(house.rooms.map(({ id }) => [id, level])),
});

/** Rooms made later get another level; those of today stay as they are. */
export const withOtherRooms = (grants: Grants, house: Pick<House, 'rooms'>, level: Level): Grants => ({
  ...grants,
  otherRooms: level,
  rooms: Object.fromEntries(house.rooms.map(({ id }) => [id, levelOf(grants, id)])),
});

export const withException = (grants: Grants, exception: Exception): Grants => {
  const isKnown = grants.exceptions.some(({ tileId }) => tileId === exception.tileId);
  const exceptions = isKnown
    ? grants.exceptions.map((one) => (one.tileId === exception.tileId ? exception : one))
    : [...grants.exceptions, exception].slice(0, maxExceptions);
  return { ...grants, exceptions };
};

export const withoutException = (grants: Grants, tileId: string): Grants => ({
  ...grants,
  exceptions: grants.exceptions.filter((one) => one.tileId !== tileId),
});
