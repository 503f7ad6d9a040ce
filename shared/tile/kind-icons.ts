import type { Tile } from '../house/house.ts';

/** Icons that a kind may choose by itself: always these, or those that belong to the value of one of its options. */
export type KindIcons =
  readonly string[] | { readonly option: string; readonly byValue: Readonly<Record<string, readonly string[]>> };

/** Kind → its icons, as the build emits it: the server knows no kinds, it only looks them up. */
export type IconTable = Readonly<Record<string, KindIcons>>;

const isList = (icons: KindIcons): icons is readonly string[] => Array.isArray(icons);

/** Every icon that a tile may show without anybody having chosen it. An option that says nothing known may mean any. */
export function ownIconsOf({ kind, options }: Pick<Tile, 'kind' | 'options'>, table: IconTable): readonly string[] {
  const icons = Object.hasOwn(table, kind) ? table[kind] : undefined;
  if (!icons) return [];
  if (isList(icons)) return icons;
  const value = String(options[icons.option]);
  const own = Object.hasOwn(icons.byValue, value) ? icons.byValue[value] : undefined;
  return own ?? Object.values(icons.byValue).flat();
}
