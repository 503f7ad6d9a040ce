import { pinWay } from '../../shared/acl/pin.ts';
import { grantsOf } from '../../shared/acl/standing.ts';
import { accessOf, viewOf } from '../../shared/acl/view.ts';
import type { OwnAccess } from '../../shared/api/people.ts';
import type { House, Tile } from '../../shared/house/house.ts';
import type { Auth } from '../auth/auth.ts';
import type { Rights } from './rights.ts';

/** What one person sees of the house. */
export interface Seeing {
  view(personId: string, house: House): House;
  /** The same with only those bindings whose states this person may read. */
  readable(personId: string, house: House): House;
  access(personId: string, view: House): OwnAccess;
  mayRead(personId: string, topic: string): boolean;
  maySend(personId: string, topic: string): boolean;
  /** Whether not everything may be sent there, or only so often. */
  isLimited(personId: string, topic: string): boolean;
  /** Whether sending to it needs the PIN, one way at least. */
  asksPin(personId: string, topic: string): boolean;
  /** Whether an exception keeps this person from operating a tile, always or at times. */
  isKeptFrom(personId: string, tileId: string): boolean;
}

export function createSeeing(
  rights: Pick<Rights, 'may' | 'isLimited' | 'standingOf' | 'uses'>,
  auth: Pick<Auth, 'ownerFor' | 'pin'>,
): Seeing {
  const may = (id: string, action: 'receive' | 'publish', topic: string): boolean =>
    rights.may({ kind: 'person', id }, action, topic);
  const maySend = (id: string, topic: string): boolean => may(id, 'publish', topic);
  const pinOf = (id: string) => (topic: string) =>
    pinWay(rights.standingOf({ kind: 'person', id }), rights.uses(), topic);
  const view = (id: string, house: House): House => viewOf(house, rights.standingOf({ kind: 'person', id }));
  const withReadable = (id: string, tile: Tile): Tile => {
    const isReadable = (topic: string | undefined): boolean => topic === undefined || may(id, 'receive', topic);
    const bindings = Object.entries(tile.bindings).filter(([, { stateTopic }]) => isReadable(stateTopic));
    return { ...tile, bindings: Object.fromEntries(bindings) };
  };
  return {
    view,
    readable: (id, house) => {
      const seen = view(id, house);
      return { ...seen, tiles: seen.tiles.map((tile) => withReadable(id, tile)) };
    },
    access: (id, seen) => {
      const sending = { maySend: (topic: string) => maySend(id, topic), pinWay: pinOf(id) };
      const access = accessOf(seen, rights.standingOf({ kind: 'person', id }), sending);
      const pinLength = auth.pin.infoOf(id)?.length;
      const decidedBy = access.mayManage ? undefined : auth.ownerFor(id);
      return {
        ...access,
        ...(pinLength === undefined ? {} : { pinLength }),
        ...(decidedBy === undefined ? {} : { decidedBy }),
      };
    },
    mayRead: (id, topic) => may(id, 'receive', topic),
    maySend,
    isLimited: (id, topic) => rights.isLimited({ kind: 'person', id }, topic),
    asksPin: (id, topic) => pinOf(id)(topic) !== undefined,
    isKeptFrom: (id, tileId) =>
      grantsOf(rights.standingOf({ kind: 'person', id }))?.exceptions.some(
        (one) => one.tileId === tileId && (one.level !== 'operate' || one.hours !== undefined),
      ) === true,
  };
}
