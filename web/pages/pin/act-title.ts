import type { Tile } from '../../../shared/house/house.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { PinKey } from '../../text/pin.ts';

/** A tile that opens and closes: by its class, or because its colour is the one of doors, windows and locks. */
const opens = ({ domain, options }: Tile): boolean => options['deviceClass'] === 'valve' || domain === 'mangan';

/** What is about to be done, as the title of the pad. */
export function actTitle(tile: Tile, value: Value): PinKey {
  if (typeof value === 'boolean') {
    if (tile.options['deviceClass'] === 'lock') return value ? 'unlock' : 'lock';
    if (opens(tile)) return value ? 'open' : 'shut';
    return value ? 'on' : 'off';
  }
  return tile.kind === 'button' ? 'press' : 'set';
}
