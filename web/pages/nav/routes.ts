import { routeOf } from '../../app/routes.ts';

/** Addresses of the pages, written once. */
export const homePath = '/';
export const morePath = '/more';
export const peoplePath = '/people';
export const invitePath = '/people/invite';
export const allLoginsPath = '/people/logins';
export const devicesPath = '/devices';
export const logPath = '/log';
export const tileLogPath = (tileId: string): string => `/tile/${tileId}/log`;
export const settingsPath = '/settings';
export const selfCheckPath = '/settings/check';
export const askPath = '/ask';
export const newRoomPath = '/room/new';
export const personPath = (personId: string): string => `/people/${personId}`;
/** A document of its own (web/look). */
export const seeAsPath = (personId: string): string => `/as/${personId}`;
export const devicePath = (deviceId: string): string => `/devices/${deviceId}`;
export const groupPath = (groupId: string): string => `/groups/${groupId}`;
export const roleRulesPath = '/groups/roles';
export const roomPath = (roomId: string): string => `/room/${roomId}`;
export const arrangePath = (roomId: string): string => `/room/${roomId}/arrange`;
export const addTilePath = (roomId: string): string => `/room/${roomId}/add`;
export const editTilePath = (tileId: string): string => `/tile/${tileId}/edit`;

/** The room an address belongs to. */
export const roomIdOf = (path: string): string | undefined => /^\/room\/([^/?#]+)/.exec(path)?.[1];

const noHouse = { rooms: [], tiles: [] };

/** Pages that More leads to: all but Home, the rooms and their tiles, and what is no page. */
export const isUnderMore = (path: string): boolean =>
  path !== homePath && !/^\/(room|tile)\//.test(path) && routeOf(path, noHouse).page !== 'not-found';
