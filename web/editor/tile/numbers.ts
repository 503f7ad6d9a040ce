/** Reads a number as people type it (`2,5`, `−3`); undefined for anything else. */
export function parseTyped(text: string): number | undefined {
  const plain = text.trim().replace(/−/g, '-').replace(',', '.');
  if (!/^[+-]?(?:\d{1,15}(?:\.\d{0,12})?|\.\d{1,12})(?:e[+-]?\d{1,2})?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** A number for a field: at most ten digits, so that 100 / 254 stays readable. */
export const typed = (value: number | undefined): string =>
  value === undefined ? '' : String(Number(value.toPrecision(10)));

const pair = /^\s*([+\-−]?[\d.,]+)\s*(?:–|—|-|−|\.\.+|…|to|bis)\s*([+\-−]?[\d.,]+)\s*$/i;

/** Reads `0 – 254`, `-20..50`, `0 bis 100`; undefined for anything else. */
export function parseRange(text: string): readonly [from: number, to: number] | undefined {
  const match = text.length > 60 ? null : pair.exec(text);
  const from = parseTyped(match?.[1] ?? '');
  const to = parseTyped(match?.[2] ?? '');
  return from === undefined || to === undefined ? undefined : [from, to];
}

export const typedRange = (from: number | undefined, to: number | undefined): string =>
  from === undefined || to === undefined ? '' : `${typed(from)} – ${typed(to)}`;
