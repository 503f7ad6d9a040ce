import { clockTime } from './clock-time.ts';
import { dayStart } from './time.ts';

const dayMs = 86_400_000;

/** Midnight that begins a day, as if its clocks were those of Greenwich: for counting days. */
function dayIn(atMs: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(atMs)
    .map(({ type, value }) => [type, Number(value)] as const);
  const { year = 0, month = 1, day = 1 } = Object.fromEntries(parts);
  return Date.UTC(year, month - 1, day);
}

/** A moment that comes, as people say it: today the time, within a week the weekday, else the date. Without a zone: of this device. */
export function comingTime(atMs: number, nowMs: number, locale: string, timeZone?: string): string {
  const time = clockTime(atMs, locale, timeZone);
  const days = (dayIn(atMs, timeZone) - dayIn(nowMs, timeZone)) / dayMs;
  if (days === 0) return time;
  const day: Intl.DateTimeFormatOptions =
    days > 0 && days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'short' };
  return `${new Intl.DateTimeFormat(locale, { ...day, timeZone }).format(atMs)} ${time}`;
}

/** What a native date field and time field hold. */
export const dateOf = (atMs: number): string => {
  const date = new Date(atMs);
  const part = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
};
export const timeOf = (atMs: number): string => new Date(atMs).toTimeString().slice(0, 5);

/** The moment that both fields name, on this device's clock; undefined while one of them is empty. */
export function momentOf(date: string, time: string): number | undefined {
  const atMs = new Date(`${date}T${time}`).getTime();
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** The last minute of a day; days may have 23 or 25 hours. */
export const endOfDay = (atMs: number): number => dayStart(dayStart(atMs) + 1.5 * dayMs) - 60_000;
