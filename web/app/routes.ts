import type { House } from '../../shared/house/house.ts';

/** Where an address leads. */
export type Route =
  | { readonly page: 'home' | 'devices' | 'settings' | 'new-room' | 'not-found' }
  | { readonly page: 'room' | 'arrange' | 'add' | 'room-settings'; readonly roomId: string }
  | { readonly page: 'edit'; readonly tileId: string };

const plain: Readonly<Record<string, Route>> = {
  '/': { page: 'home' },
  // More is a sheet over Home (web/pages/more).
  '/more': { page: 'home' },
  '/devices': { page: 'devices' },
  '/settings': { page: 'settings' },
  '/room/new': { page: 'new-room' },
};

const roomPages: Readonly<Record<string, 'room' | 'arrange' | 'add' | 'room-settings'>> = {
  '': 'room',
  arrange: 'arrange',
  add: 'add',
  settings: 'room-settings',
};

/** Reads a path; a room or tile that the house does not have leads nowhere. */
export function routeOf(path: string, house: Pick<House, 'rooms' | 'tiles'>): Route {
  const known = plain[path.replace(/(.)\/$/, '$1')];
  if (known) return known;
  const room = /^\/room\/([^/]+)(?:\/([a-z]*))?\/?$/.exec(path);
  const page = roomPages[room?.[2] ?? ''];
  const roomId = room?.[1];
  if (roomId && page && house.rooms.some((one) => one.id === roomId)) return { page, roomId };
  const tileId = /^\/tile\/([^/]+)\/edit\/?$/.exec(path)?.[1];
  if (tileId && house.tiles.some((one) => one.id === tileId)) return { page: 'edit', tileId };
  return { page: 'not-found' };
}
