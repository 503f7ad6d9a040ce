import type { OwnAccess } from '../../shared/api/people.ts';
import type { House } from '../../shared/house/house.ts';

/** Pages at an address of their own. */
type PlainPage =
  | 'home'
  | 'people'
  | 'invite'
  | 'role-rules'
  | 'all-logins'
  | 'devices'
  | 'log'
  | 'settings'
  | 'selfcheck'
  | 'new-room'
  | 'ask';

/** Where an address leads. */
export type Route =
  | { readonly page: PlainPage | 'not-found' | 'private' }
  | { readonly page: 'room' | 'arrange' | 'add' | 'room-settings'; readonly roomId: string }
  | { readonly page: 'edit' | 'tile-log'; readonly tileId: string }
  | { readonly page: 'person' | 'group' | 'device'; readonly id: string }
  | { readonly page: 'ask-about'; readonly kind: AskKind; readonly id: string };

/** What a question can begin from. */
export type AskKind = 'person' | 'device' | 'app' | 'tile';
const askKinds: readonly string[] = ['person', 'device', 'app', 'tile'] satisfies readonly AskKind[];
const isAskKind = (kind: string | undefined): kind is AskKind => askKinds.includes(kind ?? '');

const plain: Readonly<Record<string, PlainPage>> = {
  '/': 'home',
  // More is a sheet over Home (web/pages/more).
  '/more': 'home',
  '/people': 'people',
  '/people/invite': 'invite',
  '/people/logins': 'all-logins',
  '/groups/roles': 'role-rules',
  '/devices': 'devices',
  '/log': 'log',
  '/ask': 'ask',
  '/settings': 'settings',
  '/settings/check': 'selfcheck',
  '/room/new': 'new-room',
};

const roomPages: Readonly<Record<string, 'room' | 'arrange' | 'add' | 'room-settings'>> = {
  '': 'room',
  arrange: 'arrange',
  add: 'add',
  settings: 'room-settings',
};

const tilePages: Readonly<Record<string, 'edit' | 'tile-log'>> = { edit: 'edit', log: 'tile-log' };

export type RouteAccess = Pick<OwnAccess, 'mayArrange' | 'mayManage'>;
const everything: RouteAccess = { mayArrange: true, mayManage: true };
const arranging: readonly Route['page'][] = ['arrange', 'add', 'room-settings', 'edit', 'new-room'];
const managing: readonly Route['page'][] = [
  'people',
  'person',
  'group',
  'role-rules',
  'all-logins',
  'invite',
  'devices',
  'device',
  'selfcheck',
];

/**
 * Reads a path. A room or tile that the house does not have leads nowhere; for those who do not see the whole house it is
 * `private`, whether it exists or not, and so is what their role may not do.
 */
export function routeOf(path: string, house: Pick<House, 'rooms' | 'tiles'>, access = everything): Route {
  const route = anyRoute(path, house);
  if (arranging.includes(route.page) && !access.mayArrange) return { page: 'private' };
  if (managing.includes(route.page) && !access.mayManage) return { page: 'private' };
  const isHidden = route.page === 'not-found' && /^\/(room|tile)\//.test(path);
  return isHidden && !access.mayManage ? { page: 'private' } : route;
}

function anyRoute(path: string, house: Pick<House, 'rooms' | 'tiles'>): Route {
  const known = plain[path.replace(/(.)\/$/, '$1')];
  if (known) return { page: known };
  const room = /^\/room\/([^/]+)(?:\/([a-z]*))?\/?$/.exec(path);
  const page = roomPages[room?.[2] ?? ''];
  const roomId = room?.[1];
  if (roomId && page && house.rooms.some((one) => one.id === roomId)) return { page, roomId };
  return tileRoute(path, house) ?? aboutOne(path);
}

function tileRoute(path: string, { tiles }: Pick<House, 'tiles'>): Route | undefined {
  const [, tileId, name = ''] = /^\/tile\/([^/]+)\/([a-z]+)\/?$/.exec(path) ?? [];
  const page = tilePages[name];
  return page && tiles.some(({ id }) => id === tileId) && tileId !== undefined ? { page, tileId } : undefined;
}

/** Pages about one person, one device, one question. They find out themselves whether it exists. */
function aboutOne(path: string): Route {
  const [, folder, first, second] = path.replace(/\/$/, '').split('/');
  if (first === undefined) return { page: 'not-found' };
  if (folder === 'people' && second === undefined) return { page: 'person', id: first };
  if (folder === 'groups' && second === undefined) return { page: 'group', id: first };
  if (folder === 'devices' && second === undefined) return { page: 'device', id: first };
  if (folder === 'ask' && isAskKind(first) && second) return { page: 'ask-about', kind: first, id: second };
  return { page: 'not-found' };
}
