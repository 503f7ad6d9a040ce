import type { DeviceInfo } from '../../../shared/api/contract.ts';
import type { Translate } from '../../text/define.ts';
import type { DevicesKey } from '../../text/devices.ts';
import { dayOnly, duration, pointInTime, type TimeContext } from '../time.ts';

/** How a device is doing: connected for how long, or when it was last here. */
export function deviceLine(
  device: DeviceInfo,
  { t, time, locale }: { readonly t: Translate<DevicesKey>; readonly time: TimeContext; readonly locale: string },
): string {
  const [first] = device.connections;
  if (first) return t('connectedSince', { time: duration(time.nowMs - first.connectedAtMs, time.t) });
  if (device.lastSeenAtMs !== undefined) return t('lastSeen', { time: pointInTime(device.lastSeenAtMs, time) });
  return t('neverConnected', { day: dayOnly(device.createdAtMs, locale) });
}
