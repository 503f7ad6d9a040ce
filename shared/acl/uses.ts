import type { Grants, Level } from '../api/people.ts';
import type { House, Tile, Way } from '../house/house.ts';

/** A tile that has a topic, and what for. */
export interface TileUse {
  readonly tileId: string;
  readonly title: string;
  readonly roomId: string;
  readonly roomName: string;
  /** It is a state or availability topic there. */
  readonly isRead: boolean;
  /** It is a command topic there. */
  readonly isSend: boolean;
  readonly bindings: Tile['bindings'];
  /** For which way the tile asks everybody for the PIN. */
  readonly pin?: Way;
}

/** Which tiles have a topic. */
export type Uses = ReadonlyMap<string, readonly TileUse[]>;

/** Where a tile listens. */
export const readTopicsOf = ({ bindings, availability }: Tile): ReadonlySet<string> =>
  new Set(
    [...Object.values(bindings).map((binding) => binding.stateTopic), availability?.topic].filter(
      (topic) => topic !== undefined,
    ),
  );

/** Where a tile sends. */
export const sendTopicsOf = ({ bindings }: Tile): ReadonlySet<string> =>
  new Set(
    Object.values(bindings)
      .map((binding) => binding.commandTopic)
      .filter((topic) => topic !== undefined),
  );

/** Reads a house by topic. */
export function usesOf({ rooms, tiles }: House): Uses {
  const uses = new Map<string, TileUse[]>();
  const nameOf = new Map(rooms.map((room) => [room.id, room.name]));
  for (const tile of tiles) {
    const [reads, sends] = [readTopicsOf(tile), sendTopicsOf(tile)];
    const { id: tileId, title, roomId, bindings, pin } = tile;
    const asking = pin === undefined ? {} : { pin };
    const roomName = nameOf.get(roomId) ?? roomId;
    for (const topic of new Set([...reads, ...sends])) {
      const use = {
        ...{ tileId, title, roomId, roomName, bindings, ...asking },
        isRead: reads.has(topic),
        isSend: sends.has(topic),
      };
      const others = uses.get(topic);
      if (others) others.push(use);
      else uses.set(topic, [use]);
    }
  }
  return uses;
}

/** What somebody may do in a room, apart from exceptions. */
export const roomLevel = ({ rooms, otherRooms }: Grants, roomId: string): Level =>
  (Object.hasOwn(rooms, roomId) ? rooms[roomId] : undefined) ?? otherRooms;

/** What somebody may do with a tile, apart from hours. */
export const tileLevel = (grants: Grants, tile: Pick<Tile, 'id' | 'roomId'>): Level =>
  grants.exceptions.find(({ tileId }) => tileId === tile.id)?.level ?? roomLevel(grants, tile.roomId);
