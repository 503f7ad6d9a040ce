import type { ZoneOffset } from '../../shared/acl/hours.ts';

const minuteMs = 60_000;
/** Offsets change on the quarter hour at most. */
const stepMs = 15 * minuteMs;
const maxRemembered = 1_000;

/** Whether this is an IANA time zone that the machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Of the machine: what a house has until somebody chooses. */
export const machineTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `GMT`, `GMT+02:00`, `GMT-03:30` */
function minutesOf(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -ahead : ahead;
}

/** How far a time zone is ahead of UTC at a time. */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (atMs) => {
    const step = Math.floor(atMs / stepMs);
    const remembered = known.get(step);
    if (remembered !== undefined) return remembered;
    const part = format.formatToParts(step * stepMs).find(({ type }) => type === 'timeZoneName');
    const offset = minutesOf(part?.value ?? 'GMT');
    if (known.size >= maxRemembered) known.clear();
    known.set(step, offset);
    return offset;
  };
}
