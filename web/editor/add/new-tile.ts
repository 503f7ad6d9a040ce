import type { Guess } from '../../../shared/discovery/guess.ts';
import type { Tile, TileSize } from '../../../shared/house/house.ts';
import type { AnyTileKind } from '../../tiles/define.ts';
import { planOf } from '../../tiles/plans.ts';
import { newId } from '../ids.ts';

/** The size a new tile gets: 2 × 1 where the kind has it. */
export const defaultSize = (kind: Pick<AnyTileKind, 'sizes'> | undefined): TileSize =>
  kind?.sizes.find((size) => size === '2x1') ?? kind?.sizes[0] ?? '2x1';

/** What a new tile needs besides its kind. */
export interface NewTileInput {
  readonly roomId: string;
  readonly suffix: string;
}

/** A suggested tile and the kind that made it. */
export interface Suggestion {
  readonly tile: Tile;
  readonly kind: AnyTileKind;
}

/** The sensible tile for a guess: the kind named by the guess first, then whichever kind takes it. */
export function suggestTile(guess: Guess, kinds: readonly AnyTileKind[], input: NewTileInput): Suggestion | undefined {
  if (guess.widget === 'none') return undefined;
  const ordered = kinds.toSorted((a, b) => Number(b.kind === guess.widget) - Number(a.kind === guess.widget));
  for (const kind of ordered) {
    const suggested = planOf(kind.kind).suggest?.(guess);
    if (!suggested) continue;
    const title = (suggested.title ?? guess.name.slice(0, 80)) || guess.topic.slice(0, 80);
    const tile = { ...suggested, id: newId(title, input.suffix), roomId: input.roomId, kind: kind.kind, title };
    return { kind, tile };
  }
  return undefined;
}

/** An empty tile of a kind, to be filled in the editor. */
export const emptyTile = (kind: Pick<AnyTileKind, 'kind'>, title: string, input: NewTileInput): Tile => ({
  id: newId(title, input.suffix),
  roomId: input.roomId,
  kind: kind.kind,
  title,
  bindings: {},
  options: {},
});

/** True when adding the tile as it is could switch something: it needs a test first. */
export const needsTest = (tile: Pick<Tile, 'bindings'>): boolean =>
  Object.values(tile.bindings).some((binding) => binding.commandTopic !== undefined);
