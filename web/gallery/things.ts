import {
  mdiBell,
  mdiBlindsHorizontal,
  mdiBookOpenVariant,
  mdiCeilingLight,
  mdiDeskLamp,
  mdiFloorLamp,
  mdiGarageVariant,
  mdiLedStripVariant,
  mdiMovieOpen,
  mdiNoteTextOutline,
  mdiRadiator,
  mdiTelevision,
  mdiVolumeHigh,
  mdiWallSconceFlat,
} from '@mdi/js';
import type { Binding, NumberBinding } from '../../shared/house/binding.ts';
import type { Tile, TileSize } from '../../shared/house/house.ts';
import type { Value } from '../../shared/payload/decoded.ts';
import type { CommandState, TileState } from '../../shared/tile/state.ts';
import type { TileHistory } from '../tiles/define.ts';

/** Icons the gallery's things wear; a real house brings its own. */
export const galleryIcons: Readonly<Record<string, string>> = {
  bell: mdiBell,
  blinds: mdiBlindsHorizontal,
  'book-open-variant': mdiBookOpenVariant,
  'ceiling-light': mdiCeilingLight,
  'desk-lamp': mdiDeskLamp,
  'floor-lamp': mdiFloorLamp,
  'garage-variant': mdiGarageVariant,
  'led-strip-variant': mdiLedStripVariant,
  'movie-open': mdiMovieOpen,
  'note-text-outline': mdiNoteTextOutline,
  radiator: mdiRadiator,
  television: mdiTelevision,
  'volume-high': mdiVolumeHigh,
  'wall-sconce-flat': mdiWallSconceFlat,
};

/** The gallery's clock stands still, so that pictures can be compared. */
export const nowMs = Date.UTC(2026, 5, 1, 19, 47);

/** One tile on show. */
export interface Exhibit {
  readonly tile: Tile;
  readonly size: TileSize;
  readonly state: TileState;
  readonly history?: TileHistory;
  /** What is to be seen, where the tile does not say it. */
  readonly caption?: string;
}

interface Thing extends Partial<Tile> {
  readonly kind: string;
  readonly title: string;
  readonly size: TileSize;
  /** Role → reported value; absent = nothing came yet. */
  readonly values?: Readonly<Record<string, Value>>;
  readonly state?: Partial<TileState>;
  readonly command?: Pick<CommandState, 'status' | 'value'> & Partial<CommandState>;
  readonly history?: TileHistory;
  readonly caption?: string;
}

let made = 0;

/** Makes one exhibit: a tile as the house would hold it, and what it has reported. */
export function exhibit({ size, values, state, command, history, caption, ...tile }: Thing): Exhibit {
  made += 1;
  const bindings = tile.bindings ?? {};
  const roles = Object.fromEntries(
    Object.entries(values ?? {}).map(([role, value]) => [role, { value, atMs: nowMs - 12_000 }]),
  );
  const role = Object.keys(bindings)[0] ?? '';
  return {
    tile: { id: `exhibit-${made}`, roomId: 'gallery', options: {}, ...tile, bindings },
    size,
    state: {
      roles,
      isAvailable: true,
      freshness: values ? 'fresh' : 'none',
      ageMs: 12_000,
      isLive: true,
      isViewOnly: !Object.values(bindings).some(({ commandTopic }) => commandTopic !== undefined),
      ...(command ? { command: { id: made, role, sentAtMs: nowMs, ...command } } : {}),
      ...state,
    },
    ...(history ? { history } : {}),
    ...(caption === undefined ? {} : { caption }),
  };
}

const both = { stateTopic: 'gallery/thing', commandTopic: 'gallery/thing/set' } as const;
export const power: Binding = { type: 'boolean', ...both };
export const brightness: Binding = { type: 'number', ...both, unit: '%' };
export const white: Binding = { type: 'number', ...both, unit: 'K', min: 2_200, max: 6_500 };
export const color: Binding = { type: 'color', ...both };
export const flag: Binding = { type: 'boolean', stateTopic: 'gallery/thing' };
export const text: Binding = { type: 'text', stateTopic: 'gallery/thing' };
export const press: Binding = { type: 'text', commandTopic: 'gallery/thing/set' };
export const settable = (unit: string, min: number, max: number, step: number): Binding => ({
  type: 'number',
  ...both,
  unit,
  min,
  max,
  step,
});
export const reading = (unit: string, place = ''): NumberBinding => ({
  type: 'number',
  stateTopic: `gallery/${place}`,
  unit,
});

/** A quiet day of readings round a middle, the same every time. */
export function wave(middle: number, swing: number, minutes = 10): TileHistory {
  const count = Math.floor((24 * 60) / minutes);
  const points = Array.from({ length: count }, (_, index) => {
    const turn = (index / count) * Math.PI * 2;
    const value = middle + Math.sin(turn * 1.15 - Math.PI * 0.3) * swing + Math.sin(index * 1.9) * swing * 0.07;
    return [nowMs - (count - index) * minutes * 60_000, value, value] as const;
  });
  return { value: points };
}
