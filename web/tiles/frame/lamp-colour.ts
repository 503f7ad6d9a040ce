import { colorToRgb, type Color } from '../../../shared/payload/color.ts';

/** Chroma and hue of a colour light's tile; lightness is a token of the theme. */
export interface LampColour {
  readonly chroma: number;
  /** Degrees in OKLCH. */
  readonly hue: number;
}

/** Glazes stay calm: no lamp makes its tile louder than this. */
export const maxChroma = 0.105;

const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

/** The lamp's own hue (at full value) in OKLCH, its chroma clamped. */
export function lampColour(color: Color): LampColour {
  const rgb = colorToRgb({ ...color, v: 100 });
  const [r, g, b] = [linear(rgb.r), linear(rgb.g), linear(rgb.b)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b2 = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const chroma = Math.min(maxChroma, Math.hypot(a, b2));
  const hue = ((Math.atan2(b2, a) * 180) / Math.PI + 360) % 360;
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  return { chroma: round(chroma, 4), hue: round(hue, 1) % 360 };
}
