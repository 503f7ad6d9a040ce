import type { Snapshot } from '../../../shared/api/contract.ts';
import type { Room, Tile } from '../../../shared/house/house.ts';

/** What may be done with a tile at this moment. `read`: it never takes commands. */
export type MayDo = 'operate' | 'hold' | 'see' | 'read';

export interface SeenRoom {
  readonly room: Room;
  readonly tiles: readonly { readonly tile: Tile; readonly may: MayDo }[];
}

function mayDo(tile: Tile, { viewOnly, hold }: Snapshot['access']): MayDo {
  if (!Object.values(tile.bindings).some(({ commandTopic }) => commandTopic !== undefined)) return 'read';
  if (viewOnly.includes(tile.id)) return 'see';
  return hold.includes(tile.id) ? 'hold' : 'operate';
}

/** The rooms of somebody's house, each with its tiles. */
export const roomsSeen = ({ house, access }: Pick<Snapshot, 'house' | 'access'>): readonly SeenRoom[] =>
  house.rooms.map((room) => ({
    room,
    tiles: house.tiles.filter(({ roomId }) => roomId === room.id).map((tile) => ({ tile, may: mayDo(tile, access) })),
  }));
