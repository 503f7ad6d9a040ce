import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

/** The letters that web/styles/fonts.css promises for each file. */
const letters: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  'archivo-latin': [
    [0x20, 0x7e],
    [0xa0, 0xff],
    [0x131, 0x131],
    [0x152, 0x153],
    [0x2bb, 0x2bc],
    [0x2c6, 0x2c6],
    [0x2da, 0x2da],
    [0x2dc, 0x2dc],
    [0x2000, 0x206f],
    [0x20ac, 0x20ac],
    [0x2122, 0x2122],
    [0x2191, 0x2191],
    [0x2193, 0x2193],
    [0x2212, 0x2212],
    [0x2215, 0x2215],
  ],
  'archivo-latin-ext': [
    [0x100, 0x2ba],
    [0x2bd, 0x2c5],
    [0x2c7, 0x2cc],
    [0x2ce, 0x2d7],
    [0x2dd, 0x2ff],
    [0x1d00, 0x1dbf],
    [0x1e00, 0x1e9f],
    [0x1ef2, 0x1eff],
    [0x2020, 0x2020],
    [0x20a0, 0x20ab],
    [0x20ad, 0x20c0],
    [0x2113, 0x2113],
    [0x2c60, 0x2c7f],
    [0xa720, 0xa7ff],
  ],
};

/** What of Archivo the styles use: fonts.css names the same widths and weights. */
const axes = { wdth: { min: 78, max: 100 }, wght: { min: 450, max: 700 } };
/** Kerning, accents, and digits that stand below each other. */
const features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum'];

const textOf = (ranges: readonly (readonly [number, number])[]): string =>
  ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)))
    .join('');

/** Archivo carries every width and weight it can have, 90 kB. This cuts it down to what the page uses, once, and hands in the result. */
export function slimFonts(): Plugin {
  const whole = join(createRequire(import.meta.url).resolve('@fontsource-variable/archivo/package.json'), '../files');
  const make = async (folder: string): Promise<void> => {
    mkdirSync(folder, { recursive: true });
    for (const [name, ranges] of Object.entries(letters)) {
      const target = join(folder, `${name}.woff2`);
      if (existsSync(target)) continue;
      const source = readFileSync(join(whole, `${name}-wdth-normal.woff2`));
      const options = { targetFormat: 'woff2', variationAxes: axes, keepFeatures: features, noHinting: true } as const;
      writeFileSync(target, await subsetFont(source, textOf(ranges), options));
    }
  };
  return {
    name: 'kachel-slim-fonts',
    config: async () => {
      const wish = createHash('sha256')
        .update(JSON.stringify([letters, axes, features]))
        .digest('hex')
        .slice(0, 12);
      const folder = join(import.meta.dirname, '../node_modules/.cache/kachel', `fonts-${wish}`);
      await make(folder);
      return { resolve: { alias: [{ find: 'kachel-fonts', replacement: folder }] } };
    },
  };
}
