import * as v from 'valibot';
import { availabilitySchema, bindingSchema } from './binding.ts';

/**
 * The house document: the whole arrangement as one readable JSON file.
 * The server knows a tile's envelope; `kind` and `options` are validated by the schema that the build emits from all kinds.
 */

export const houseVersion = 1;
export const maxRooms = 64;
export const maxTiles = 2_000;

const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'Use a-z, 0-9 and -'));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
/** Name of a Material Design icon, kebab-case: `ceiling-light`. */
const icon = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));

/** Tile sizes as columns × rows. */
export const tileSizes = ['1x1', '2x1', '2x2', '4x1', '4x2'] as const;
export type TileSize = (typeof tileSizes)[number];

/** Where a tile lies in a grid, in sub-columns and rows from 0. */
export const placementSchema = v.strictObject({
  tileId: id,
  x: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(11)),
  y: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9_999)),
  size: v.picklist(tileSizes),
});
export type Placement = v.InferOutput<typeof placementSchema>;

export const gridColumns = [4, 6, 8, 10, 12] as const;
export type GridColumns = (typeof gridColumns)[number];

export const layoutSchema = v.strictObject({
  columns: v.picklist(gridColumns),
  placements: v.pipe(v.array(placementSchema), v.maxLength(maxTiles)),
});
export type Layout = v.InferOutput<typeof layoutSchema>;

export const roomSchema = v.strictObject({
  id,
  name,
  /** For the rail, at most 9 letters. Default: the name. */
  shortName: v.optional(v.pipe(v.string(), v.maxLength(9))),
  icon,
  /** `phone` (4 columns) always exists; the others only after somebody arranged that width. */
  layouts: v.strictObject({
    phone: layoutSchema,
    panel: v.optional(layoutSchema),
    desktop: v.optional(layoutSchema),
  }),
});
export type Room = v.InferOutput<typeof roomSchema>;

export const domains = ['glaze', 'honey', 'terra', 'delft', 'mangan', 'moss'] as const;
/** Colour domain of a tile; `alarm` is never chosen, only reached. */
export type Domain = (typeof domains)[number];

/** Which way of a thing that goes on and off. */
const ways = ['both', 'on', 'off'] as const;
export type Way = (typeof ways)[number];

const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(31_536_000));

export const tileSchema = v.strictObject({
  id,
  roomId: id,
  kind: v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,31}$/)),
  title: name,
  /** Default: the kind's icon. `iconOn` is shown instead while on, open or active. */
  icon: v.optional(icon),
  iconOn: v.optional(icon),
  domain: v.optional(v.picklist(domains)),
  /** Role → binding; which roles exist is the kind's business. */
  bindings: v.record(v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z]{0,31}$/)), bindingSchema),
  availability: v.optional(availabilitySchema),
  /** How long a command waits for the device's answer. Default 5 s. Also the message expiry of the command. */
  timeoutMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(120_000))),
  /** A value older than this looks old. Default: 2.5 × the usual interval as the server saw it. 0 = never. */
  staleAfterSeconds: v.optional(seconds),
  /** Hold 1 s instead of tap: for both directions or only one. */
  hold: v.optional(v.picklist(ways)),
  /** Everybody is asked for the PIN first, instead of holding; the broker takes no command without. */
  pin: v.optional(v.picklist(ways)),
  /** While dragging, publish every `intervalMs` as well as on release. */
  live: v.optional(v.strictObject({ intervalMs: v.pipe(v.number(), v.integer(), v.minValue(50), v.maxValue(5_000)) })),
  tapOpensDetails: v.optional(v.boolean()),
  viewOnly: v.optional(v.boolean()),
  favourite: v.optional(v.boolean()),
  /** Read, defaulted and migrated by the kind. */
  options: v.record(v.string(), v.unknown()),
});
export type Tile = v.InferOutput<typeof tileSchema>;

export const houseSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(houseVersion),
  name,
  rooms: v.pipe(v.array(roomSchema), v.maxLength(maxRooms)),
  tiles: v.pipe(v.array(tileSchema), v.maxLength(maxTiles)),
});
export type House = v.InferOutput<typeof houseSchema>;
