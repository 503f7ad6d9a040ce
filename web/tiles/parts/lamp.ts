import { rgbToColor, type Color } from '../../../shared/payload/color.ts';
import type { TileKey } from '../../text/tile.ts';

/** Colours of lamps: names, white tones, and what a kelvin looks like. */

interface Named {
  readonly key: TileKey;
  readonly h: number;
  readonly s: number;
}

const named: readonly Named[] = [
  { key: 'colourRed', h: 0, s: 90 },
  { key: 'colourSalmon', h: 10, s: 50 },
  { key: 'colourOrange', h: 28, s: 95 },
  { key: 'colourApricot', h: 28, s: 50 },
  { key: 'colourYellow', h: 54, s: 90 },
  { key: 'colourCream', h: 48, s: 28 },
  { key: 'colourLime', h: 84, s: 80 },
  { key: 'colourGreen', h: 122, s: 85 },
  { key: 'colourMint', h: 150, s: 40 },
  { key: 'colourTurquoise', h: 174, s: 80 },
  { key: 'colourSky', h: 200, s: 55 },
  { key: 'colourBlue', h: 226, s: 92 },
  { key: 'colourLavender', h: 260, s: 42 },
  { key: 'colourViolet', h: 274, s: 88 },
  { key: 'colourMagenta', h: 306, s: 90 },
  { key: 'colourPink', h: 334, s: 50 },
];
/** Less saturation than this is white. */
const whiteSaturation = 12;

const hueDistance = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

/** Text key of the nearest colour name. */
export function colourName({ h, s }: Pick<Color, 'h' | 's'>): TileKey {
  if (s < whiteSaturation) return 'colourWhite';
  const distance = (one: Named): number => hueDistance(one.h, h) + Math.abs(one.s - s) * 0.5;
  return named.reduce((best, one) => (distance(one) < distance(best) ? one : best)).key;
}

/** Range of white lamps when the binding names none. */
export const kelvinRange = { min: 2_200, max: 6_500, step: 50 } as const;

/** The four named white tones, cool on top. */
export const whiteStops: readonly { readonly key: TileKey; readonly kelvin: number }[] = [
  { key: 'daylight', kelvin: 6_000 },
  { key: 'neutral', kelvin: 4_000 },
  { key: 'warm', kelvin: 2_700 },
  { key: 'candle', kelvin: 2_200 },
];

/** Text key of the nearest white tone; steps are judged in mired, as eyes do. */
export function whiteName(kelvin: number): TileKey {
  const mired = (value: number): number => 1_000_000 / Math.max(1, value);
  const distance = (stop: { readonly kelvin: number }): number => Math.abs(mired(stop.kelvin) - mired(kelvin));
  return whiteStops.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best)).key;
}

const scale: readonly (readonly [kelvin: number, r: number, g: number, b: number])[] = [
  [2_200, 255, 169, 92],
  [2_700, 249, 213, 138],
  [4_000, 250, 244, 222],
  [5_000, 246, 249, 248],
  [6_500, 224, 240, 255],
];

/** The colour in which a white tone is drawn, between candle orange and daylight blue. */
export function kelvinColor(kelvin: number): Color {
  const [first, last] = [scale[0], scale.at(-1)];
  if (!first || !last) return { h: 0, s: 0, v: 100 };
  const inside = Math.min(last[0], Math.max(first[0], kelvin));
  const above = scale.find((stop) => stop[0] >= inside) ?? last;
  const below = scale.findLast((stop) => stop[0] <= inside) ?? first;
  const share = above[0] === below[0] ? 0 : (inside - below[0]) / (above[0] - below[0]);
  const mix = (index: 1 | 2 | 3): number => below[index] + (above[index] - below[index]) * share;
  return rgbToColor({ r: mix(1), g: mix(2), b: mix(3) });
}

/** A tile's glaze for a cool white: from honey to pale, never bluish, so that it still looks lit. */
export function paleColor(kelvin: number): Color {
  const share = Math.min(1, Math.max(0, (kelvin - 2_700) / 3_800));
  return { h: 43, s: 60 - 40 * share, v: 100 };
}

/** Whether a reported colour is only the white tone said in another way. */
export const isWhiteOf = (color: Color, kelvin: number): boolean => {
  const white = kelvinColor(kelvin);
  if (color.s < whiteSaturation) return true;
  return hueDistance(color.h, white.h) <= 20 && Math.abs(color.s - white.s) <= 25;
};
