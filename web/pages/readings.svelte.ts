import { createContext } from 'svelte';
import type { Tile, TileSize } from '../../shared/house/house.ts';
import type { TileState } from '../../shared/tile/state.ts';
import type { App, Live } from '../app/context.ts';
import { tileWords } from '../text/tile.ts';
import type { AnyTileKind, LookInput, TileLook, TileSummary } from '../tiles/define.ts';
import { readOptions } from '../tiles/read-options.ts';
import { kindOf } from '../tiles/registry.ts';
import { summarize, type Summary } from './summary.ts';

/** One tile as pages read it: computed anew only when one of its own topics changes, once for everybody who shows it. */
export class TileReading {
  readonly tile: Tile;
  readonly kind: AnyTileKind | undefined;
  readonly #options: unknown;
  readonly #live: Live;
  readonly #app: App;
  readonly state: TileState = $derived.by(() => this.#live.tile(this.tile));
  readonly summary: TileSummary | undefined = $derived.by(() => this.#summarize());

  constructor(tile: Tile, live: Live, app: App) {
    this.tile = tile;
    this.#live = live;
    this.#app = app;
    const kind = kindOf(tile.kind);
    const options = kind && readOptions(kind, tile.options);
    // Options that do not fit: the tile's own card says so, the summary leaves it out.
    this.kind = options ? kind : undefined;
    this.#options = options;
  }

  /** How the tile looks at a size; undefined for a kind this page does not know. */
  look(size: TileSize): TileLook | undefined {
    return this.kind?.look(this.#input(size));
  }

  get options(): unknown {
    return this.#options;
  }

  #summarize(): TileSummary | undefined {
    return this.kind?.summary?.(this.#input('1x1'));
  }

  #input(size: TileSize): LookInput<unknown> {
    return {
      tile: this.tile,
      options: this.#options,
      state: this.state,
      size,
      t: this.#app.text(tileWords),
      language: this.#app.language,
    };
  }
}

/** Readings of all tiles, made when first asked for and dropped with their tile. */
export class Readings {
  readonly #byTile = new WeakMap<Tile, TileReading>();
  readonly #live: Live;
  readonly #app: App;

  constructor(live: Live, app: App) {
    this.#live = live;
    this.#app = app;
  }

  of(tile: Tile): TileReading {
    const known = this.#byTile.get(tile);
    if (known) return known;
    const made = new TileReading(tile, this.#live, this.#app);
    this.#byTile.set(tile, made);
    return made;
  }

  /** What several tiles say together; reactive in their summaries only. */
  summaryOf(tiles: readonly Tile[]): Summary {
    return summarize(tiles.map((tile) => ({ tile, summary: this.of(tile).summary })));
  }
}

export const [getReadings, setReadings] = createContext<Readings>();
