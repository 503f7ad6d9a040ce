import type { House } from '../../shared/house/house.ts';

/** A long value says enough with its beginning. */
const maxShown = 40;

/** `tiles/lamp/title` → `Lamp · title`: the names that people gave, then the field. */
export function placeName(path: string, house: Pick<House, 'rooms' | 'tiles'>): string {
  const [list, id, ...rest] = path.split('/');
  const name =
    list === 'tiles' ? house.tiles.find((one) => one.id === id)?.title : house.rooms.find((one) => one.id === id)?.name;
  return [name ?? id ?? list, ...rest].join(' · ');
}

/** A value of the document as text; undefined = deleted. */
export function shownValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
