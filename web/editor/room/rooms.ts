import type { House, Room } from '../../../shared/house/house.ts';
import type { EditorKey } from '../../text/editor.ts';
import { newId } from '../ids.ts';

/** A room as typed, with its place among the others. */
export interface RoomForm {
  readonly name: string;
  readonly shortName: string;
  readonly icon: string;
  /** Ids of all rooms in their order; a new room counts as its future id. */
  readonly order: readonly string[];
}

export const maxShortName = 9;
const maxName = 80;

export const newRoomId = (suffix: string): string => newId('room', suffix);

/** The form of a room, or of a new one with the given id at the end. */
export function roomToForm(house: House, roomId: string): RoomForm {
  const room = house.rooms.find((one) => one.id === roomId);
  const ids = house.rooms.map((one) => one.id);
  const order = room ? ids : [...ids, roomId];
  return { name: room?.name ?? '', shortName: room?.shortName ?? '', icon: room?.icon ?? 'sofa', order };
}

/** What is wrong, per field. */
export function checkRoom(form: RoomForm): Readonly<Partial<Record<'name' | 'shortName', EditorKey>>> {
  const name = form.name.trim();
  const tooShort = name === '' ? 'errorRoomName' : undefined;
  const nameError = tooShort ?? (name.length > maxName ? 'errorRoomNameLong' : undefined);
  const isShortLong = form.shortName.trim().length > maxShortName;
  return { ...(nameError ? { name: nameError } : {}), ...(isShortLong ? { shortName: 'errorRoomShort' } : {}) };
}

/** Moves an entry to a place (from 0), kept inside the list. */
export function moveTo(order: readonly string[], id: string, place: number): string[] {
  const others = order.filter((one) => one !== id);
  const inside = Math.max(0, Math.min(others.length, place));
  return [...others.slice(0, inside), id, ...others.slice(inside)];
}

/** Writes the form into the house: changes the room or adds it, and puts all rooms in order. */
export function saveRoom(house: House, roomId: string, form: RoomForm): House {
  const { shortName: _old, ...old } = house.rooms.find((one) => one.id === roomId) ?? emptyRoom(roomId);
  const short = form.shortName.trim();
  const room: Room = { ...old, name: form.name.trim(), icon: form.icon, ...(short === '' ? {} : { shortName: short }) };
  const all = new Map([...house.rooms.map((one) => [one.id, one] as const), [roomId, room] as const]);
  const ordered = form.order.flatMap((id) => all.get(id) ?? []);
  // Rooms that somebody added meanwhile come behind.
  const missing = [...all.values()].filter((one) => !form.order.includes(one.id));
  return { ...house, rooms: [...ordered, ...missing] };
}

const emptyRoom = (id: string): Room => ({
  id,
  name: '',
  icon: 'sofa',
  layouts: { phone: { columns: 4, placements: [] } },
});

/** Takes out a room with its tiles. */
export const deleteRoom = (house: House, roomId: string): House => ({
  ...house,
  rooms: house.rooms.filter((room) => room.id !== roomId),
  tiles: house.tiles.filter((tile) => tile.roomId !== roomId),
});

/** The label of a room in the rail. */
export const railName = (form: Pick<RoomForm, 'name' | 'shortName'>): string =>
  form.shortName.trim() || form.name.trim();
