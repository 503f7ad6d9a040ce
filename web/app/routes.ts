import type { House } from '../../shared/house/house.ts';

/** Where an address leads. */
export type Route =
  | { readonly page: 'home' | 'devices' | 'log' | 'settings' | 'new-room' | 'not-found' }
  | { readonly page: 'room' | 'arrange' | 'add' | 'room-settings'; readonly roomId: string }
  | { readonly page: 'edit' | 'tile-log'; readonly tileId: string };

const plain: Readonly<Record<string, Route>> = {
  '/': { page: 'home' },
  // More is a sheet over Home (web/pages/more).
  '/more': { page: 'home' },
  '/devices': { page: 'devices' },
  '/log': { page: 'log' },
  '/settings': { page: 'settings' },
  '/room/new': { page: 'new-room' },
};

const roomPages: Readonly<Record<string, 'room' | 'arrange' | 'add' | 'room-settings'>> = {
  '': 'room',
  arrange: 'arrange',
  add: 'add',
  settings: 'room-settings',
};

const tilePages: Readonly<Record<string, 'edit' | 'tile-log'>> = { edit: 'edit', log: 'tile-log' };

/** Reads a path; a room or tile that the house does not have leads nowhere. */
export function routeOf(path: string, house: Pick<House, 'rooms' | 'tiles'>): Route {
  const known = plain[path.replace(/(.)\/$/, '$1')];
  if (known) return known;
  const room = /^\/room\/([^/]+)(?:\/([a-z]*))?\/?$/.exec(path);
  const page = roomPages[room?.[2] ?? ''];
  const roomId = room?.[1];
  if (roomId && page && house.rooms.some((one) => one.id === roomId)) return { page, roomId };
  return tileRoute(path, house) ?? { page: 'not-found' };
}

function tileRoute(path: string, { tiles }: Pick<House, 'tiles'>): Route | undefined {
  const [, tileId, name = ''] = /^\/tile\/([^/]+)\/([a-z]+)\/?$/.exec(path) ?? [];
  const page = tilePages[name];
  return page && tiles.some(({ id }) => id === tileId) && tileId !== undefined ? { page, tileId } : undefined;
}
