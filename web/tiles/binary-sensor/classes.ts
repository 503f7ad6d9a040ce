import type { Domain } from '../../../shared/house/house.ts';
import type { TileKey } from '../../text/tile.ts';
import type { TileSummary } from '../define.ts';
import type { BinaryClass } from './class-names.ts';

export interface ClassLook {
  readonly on: TileKey;
  readonly off: TileKey;
  readonly icons: { readonly off: string; readonly on: string };
  readonly domain: Domain;
  /** `on` = on is worth a tint, `off` = the absence is (connection lost), `none` = neither. */
  readonly remarkable: 'on' | 'off' | 'none';
  readonly isAlarm?: boolean;
  readonly counts?: TileSummary['counts'];
}

const opening = { on: 'open', off: 'closed', domain: 'mangan', remarkable: 'on', counts: 'opening' } as const;
const leak: ClassLook = {
  on: 'wet',
  off: 'dry',
  icons: { off: 'water-check', on: 'water-alert' },
  domain: 'delft',
  remarkable: 'on',
  isAlarm: true,
  counts: 'alert',
};

export const classLooks: Readonly<Record<BinaryClass, ClassLook>> = {
  generic: {
    on: 'on',
    off: 'off',
    icons: { off: 'circle-outline', on: 'record-circle-outline' },
    domain: 'glaze',
    remarkable: 'on',
  },
  window: { ...opening, icons: { off: 'window-closed-variant', on: 'window-open-variant' } },
  door: { ...opening, icons: { off: 'door-closed', on: 'door-open' } },
  garage: { ...opening, icons: { off: 'garage', on: 'garage-open' } },
  opening: { ...opening, icons: { off: 'door-closed', on: 'door-open' } },
  lock: {
    ...opening,

    on: 'unlocked',
    off: 'locked',
    icons: { off: 'lock', on: 'lock-open-variant' },
  },
  motion: {
    on: 'detected',
    off: 'clear',
    icons: { off: 'motion-sensor', on: 'motion-sensor' },
    domain: 'glaze',
    remarkable: 'on',
  },
  presence: {
    on: 'present',
    off: 'away',
    icons: { off: 'home-outline', on: 'home-account' },
    domain: 'glaze',
    remarkable: 'on',
  },
  leak,
  moisture: leak,
  smoke: {
    on: 'smoke',
    off: 'noSmoke',
    icons: { off: 'smoke-detector', on: 'smoke-detector-alert' },
    domain: 'terra',
    remarkable: 'on',
    isAlarm: true,
    counts: 'alert',
  },
  gas: {
    on: 'gas',
    off: 'noGas',
    icons: { off: 'gas-cylinder', on: 'gas-cylinder' },
    domain: 'terra',
    remarkable: 'on',
    isAlarm: true,
    counts: 'alert',
  },
  vibration: {
    on: 'moving',
    off: 'still',
    icons: { off: 'vibrate', on: 'vibrate' },
    domain: 'mangan',
    remarkable: 'on',
  },
  connectivity: {
    on: 'connected',
    off: 'notConnected',
    icons: { off: 'lan-disconnect', on: 'lan-connect' },
    domain: 'honey',
    remarkable: 'off',
  },
  battery: {
    on: 'batteryLow',
    off: 'batteryGood',
    icons: { off: 'battery', on: 'battery-alert' },
    domain: 'honey',
    remarkable: 'on',
    counts: 'battery',
  },
  running: {
    on: 'running',
    off: 'idle',
    icons: { off: 'circle-outline', on: 'record-circle-outline' },
    domain: 'glaze',
    remarkable: 'on',
  },
  problem: {
    on: 'problem',
    off: 'good',
    icons: { off: 'check-circle-outline', on: 'alert-circle' },
    domain: 'honey',
    remarkable: 'on',
    counts: 'alert',
  },
};
