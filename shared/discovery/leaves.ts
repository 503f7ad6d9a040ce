import { formatPath } from '../payload/path.ts';
import { colorObjectFormat } from './colors.ts';
import type { Guess } from './guess.ts';

export const maxLeaves = 20;
const maxLeafDepth = 3;
const maxKeysLookedAt = 200;

/** One value inside a JSON message: a scalar, or a whole colour object. */
export interface Leaf {
  readonly keys: readonly string[];
  readonly path: string;
  readonly value: unknown;
  readonly colorFormat?: Guess['colorFormat'];
}

const skipped =
  /^(time|timestamp|id|mac|ip|unit|.*unit|color_mode|update|last_seen|heap|sleep|sleepmode|loadavg|mqttcount|uptimesec|vcc)$/i;

const isChromaticity = (value: Readonly<Record<string, unknown>>): boolean =>
  'x' in value && 'y' in value && Object.keys(value).length === 2;
const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) || value === null;

/** Scalar leaves down to three levels, at most twenty, without housekeeping such as `Time`, `id`, `mac` and units. */
export function findLeaves(object: Readonly<Record<string, unknown>>): Leaf[] {
  const found: Leaf[] = [];
  const visit = (value: Readonly<Record<string, unknown>>, keys: readonly string[]): void => {
    for (const [key, child] of Object.entries(value).slice(0, maxKeysLookedAt)) {
      if (found.length >= maxLeaves) return;
      if (skipped.test(key) || key.length > 64) continue;
      const at = [...keys, key];
      if (isScalar(child)) found.push({ keys: at, path: formatPath(at), value: child });
      else if (typeof child === 'object' && child !== null && !Array.isArray(child)) visitObject({ ...child }, at);
    }
  };
  const visitObject = (value: Readonly<Record<string, unknown>>, keys: readonly string[]): void => {
    const colorFormat = colorObjectFormat(value);
    if (colorFormat) found.push({ keys, path: formatPath(keys), value, colorFormat });
    else if (keys.length < maxLeafDepth && !isChromaticity(value)) visit(value, keys);
  };
  visit(object, []);
  return found;
}
