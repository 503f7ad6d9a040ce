import type { Component } from 'svelte';
import type * as v from 'valibot';
import type { Range } from '../../shared/api/limits.ts';
import type { BindingType } from '../../shared/house/binding.ts';
import type { Domain, Tile, TileSize } from '../../shared/house/house.ts';
import type { SeriesPoint } from '../../shared/api/contract.ts';
import type { Guess } from '../../shared/discovery/guess.ts';
import type { Color } from '../../shared/payload/color.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import type { KindIcons } from '../../shared/tile/kind-icons.ts';
import type { TileState } from '../../shared/tile/state.ts';
import type { Language, Translate } from '../text/define.ts';
import type { KindKey } from '../text/kind.ts';
import type { TileKey } from '../text/tile.ts';

/** One role a kind can bind: which values it carries and in which direction. */
export interface RoleSpec {
  readonly type: BindingType;
  /** `state` = read only, `command` = send only, `both` = either or both topics may be set. */
  readonly direction: 'state' | 'command' | 'both';
  readonly isRequired?: boolean;
  /** Text key of its name in the editor. */
  readonly label: KindKey;
}

/** What a tap or the Space key does. */
export type Tap =
  { readonly type: 'send'; readonly role: string; readonly value: Value } | { readonly type: 'details' };

/** A number that the frame may change by drag or key, in shown units. */
export interface TileDrag {
  readonly role: string;
  /** Where it stands now; a drag is relative to it. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Grid of the values that are sent. */
  readonly step: number;
  /** Within what this person may set it; the frame puts it there, and fingers and keys stop at it. */
  readonly limit?: Range;
  /** The value in words, for the state line while the finger is down: "74 %". */
  readonly text: (value: number) => string;
}

/** The minute buckets of the tile's roles, raw as reported; see `SeriesPoint`. */
export type TileHistory = Readonly<Record<string, readonly SeriesPoint[]>>;

/**
 * How a tile looks right now, computed purely by the kind from the last *reported* state.
 * The frame (TileCard) lays pending, failure, availability, age and view-only over it; kinds never draw those.
 */
export interface TileLook {
  /** quiet = off/normal, active = works by itself or beyond a limit, on = somebody switched it on. */
  readonly level: 'quiet' | 'active' | 'on' | 'alarm';
  /** Glaze of the tile; a `Color` is clamped to the token rule `colourLight`. */
  readonly fill: Domain | 'alarm' | Color;
  /** Icon name (kebab-case mdi). */
  readonly icon: string;
  /** Operable kinds have the round bowl; sensors a bare icon. */
  readonly hasBowl: boolean;
  /** State in words: "On · 62 %". Empty when the value says it all. */
  readonly stateText: string;
  /** The one big number of 2 × 1 sensors and of 2 × 2. */
  readonly value?: { readonly text: string; readonly unit?: string };
  /** 0-1: bar at the lower edge of 2 × 1. */
  readonly bar?: number;
  /** What a sideways drag over 2 × 1 and the keys + and − change; absent = nothing. */
  readonly drag?: TileDrag;
  /** State as a screen reader says it: "on, 62 percent". */
  readonly spoken: string;
  /** LED of binary sensors in 1 × 1 and 2 × 1: ring or filled. */
  readonly led?: 'ring' | 'filled';
  readonly role: 'switch' | 'button' | 'slider' | 'meter' | 'group';
  /** For role switch. */
  readonly isOn?: boolean;
  readonly tap: Tap;
  /** What is said while a command is on its way: "Unlocking…". Absent or undefined: the frame says "Turning on…", "Setting 62 %…". */
  readonly sending?: (role: string, value: Value) => string | undefined;
}

export interface LookInput<Options> {
  readonly tile: Tile;
  readonly options: Options;
  readonly state: TileState;
  readonly size: TileSize;
  readonly t: Translate<TileKey>;
  readonly language: Language;
  /** The last 6 h, when the kind asked for it (`needsHistory`) and it has come. */
  readonly history?: TileHistory;
}

/** Props of a kind's own components. */
export interface TileBodyProps<Options> {
  readonly tile: Tile;
  readonly options: Options;
  readonly state: TileState;
  readonly look: TileLook;
  readonly size: TileSize;
  readonly t: Translate<TileKey>;
  readonly language: Language;
  /** On the tile the last 6 h, when the kind asked for it (`needsHistory`); in the details the last 24 h. */
  readonly history?: TileHistory | undefined;
  /** Sends a command; `phase` `live` may be dropped or thinned, `final` is always sent. */
  readonly send: (role: string, value: Value, phase?: 'live' | 'final') => void;
  /** While a finger is down: the value in words, which the frame shows as state; `undefined` when it is lifted. */
  readonly preview?: (text: string | undefined) => void;
  readonly isDisabled: boolean;
  /** In the details: saves some of the tile's options; resolves with whether it worked. Absent = nothing can be saved here. */
  readonly saveOptions?: (change: Tile['options']) => Promise<boolean>;
}

/** What a summary (room chips, home cards, rail dots) counts. */
export interface TileSummary {
  readonly counts?: 'light' | 'opening' | 'alert' | 'battery';
  readonly isCounted?: boolean;
  /** A reading for the header line, for example temperature or humidity. */
  readonly reading?: { readonly quantity: 'temperature' | 'humidity'; readonly text: string };
}

/** A tile kind: one folder, one line in the registry. */
export interface TileKind<Options = unknown> {
  readonly kind: string;
  readonly label: KindKey;
  readonly icon: string;
  readonly sizes: readonly TileSize[];
  readonly defaultDomain: Domain;
  readonly roles: Readonly<Record<string, RoleSpec>>;
  /** What counts where the document says nothing; the same as the defaults of the schema in `plan.ts`. */
  readonly defaults: Options;
  /** Options that are one of a few words. */
  readonly choices?: Readonly<Partial<Record<keyof Options & string, readonly string[]>>>;
  readonly look: (input: LookInput<Options>) => TileLook;
  /** Role → where its zones begin, low to high; the state then says which zone is shown (`RoleState.zone`). */
  readonly limits?: (options: Options) => Readonly<Record<string, readonly number[]>>;
  /** Draws what is below or beside name and state: 2 × 2, 4 × 1, sparklines. Absent = the frame alone. */
  readonly Body?: Component<TileBodyProps<Options>>;
  /** Sizes at which Body is shown (default: all but 1x1). */
  readonly bodySizes?: readonly TileSize[];
  /**
   * `below`: the frame draws bowl, name, state and value, Body comes under them (2 × 2) or beside them (2 × 1, 4 × 1).
   * `whole`: Body draws everything inside the tile, name and state included (gauge). Default `below`.
   */
  readonly bodyLayout?: 'below' | 'whole';
  readonly needsHistory?: boolean;
  /** The middle of the details sheet, loaded when it opens. Absent = generic details. */
  readonly detail?: () => Promise<{ readonly default: Component<TileBodyProps<Options>> }>;
  /** Fields of the editor for `options`; absent = generated from the schema. */
  readonly optionsEditor?: () => Promise<{ readonly default: Component<OptionsEditorProps<Options>> }>;
  readonly summary?: (input: LookInput<Options>) => TileSummary;
}

/** What only editing needs of a kind: `plan.ts` in its folder, gathered by `plans.ts`, never part of the first load. */
export interface TilePlan {
  /** valibot object schema, every entry optional with a default: `{}` must be valid. */
  readonly options: v.GenericSchema;
  /** Every icon that its look may choose by itself; they travel with the house. */
  readonly icons: KindIcons;
  /** Makes a tile from a guess over live topics; undefined = this kind does not fit. */
  readonly suggest?: (guess: Guess) => (Pick<Tile, 'bindings' | 'options'> & Partial<Tile>) | undefined;
}

export interface OptionsEditorProps<Options> {
  readonly options: Options;
  readonly tile: Tile;
  readonly onchange: (options: Options) => void;
}

/** Any kind, as the frame, the pages and the editor see it: options are what its own schema read. */
export type AnyTileKind = TileKind;

/** Checks one kind against its own options type and hands it out as the common contract. */
export const defineTile = <Options>(kind: TileKind<Options>): AnyTileKind => kind as unknown as AnyTileKind;
