import type { LogTile } from '../../shared/api/logbook.ts';
import type { House } from '../../shared/house/house.ts';
import type { WrongPin } from '../auth/pin-keeper.ts';
import type { NewEntry } from './commands.ts';

function tileOf({ tiles, rooms }: House, tileId: string): LogTile | undefined {
  const tile = tiles.find(({ id }) => id === tileId);
  const room = rooms.find(({ id }) => id === tile?.roomId);
  return tile && { id: tile.id, title: tile.title, roomId: tile.roomId, room: room?.name ?? '' };
}

/** What the log says of a wrong PIN: who, from where, for what. What was typed is in nobody's hands. */
export function wrongPinEntry({ person, tileId, address }: WrongPin, house: House, atMs: number): NewEntry {
  const tile = tileOf(house, tileId);
  const actor = { kind: 'person', id: person.id, name: person.name, via: 'page', address } as const;
  return { atMs, kind: 'refused', actor, decidedBy: 'pin', isWrongPin: true, ...(tile ? { tile } : {}) };
}
