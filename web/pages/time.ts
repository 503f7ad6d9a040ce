import type { Translate } from '../text/define.ts';
import type { TimeKey } from '../text/time.ts';
import { clockTime } from './clock-time.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** What a text about time needs: the words, the server's clock and the locale of the page. */
export interface TimeContext {
  readonly t: Translate<TimeKey>;
  readonly nowMs: number;
  readonly locale: string;
}

/** Midnight before a point in time, ms. */
export const dayStart = (atMs: number): number => new Date(atMs).setHours(0, 0, 0, 0);

/** A point in time as people say it: today the time, within a week the weekday, else the date. */
export function pointInTime(atMs: number, { t, nowMs, locale }: TimeContext): string {
  const time = clockTime(atMs, locale);
  const days = Math.round((dayStart(nowMs) - dayStart(atMs)) / dayMs);
  if (days <= 0) return time;
  if (days === 1) return t('yesterdayAt', { time });
  if (days < 7) return `${new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(atMs)} ${time}`;
  return dayOnly(atMs, locale);
}

/** The date without the time. */
export const dayOnly = (atMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(atMs);

/** "2 min ago"; beyond a day the point in time. */
export function ago(atMs: number, context: TimeContext): string {
  const ageMs = Math.max(0, context.nowMs - atMs);
  if (ageMs < 3 * secondMs) return context.t('justNow');
  if (ageMs < minuteMs) return context.t('secondsAgo', { n: Math.floor(ageMs / secondMs) });
  if (ageMs < hourMs) return context.t('minutesAgo', { n: Math.floor(ageMs / minuteMs) });
  if (ageMs < dayMs) return context.t('hoursAgo', { n: Math.floor(ageMs / hourMs) });
  return pointInTime(atMs, context);
}

/** "6 h 52 min", "6 days": two units at most. */
export function duration(lengthMs: number, t: Translate<TimeKey>): string {
  if (lengthMs < minuteMs) return t('seconds', { n: Math.max(0, Math.round(lengthMs / secondMs)) });
  if (lengthMs < hourMs) return t('minutes', { n: Math.floor(lengthMs / minuteMs) });
  if (lengthMs >= 2 * dayMs) return t('days', { n: Math.floor(lengthMs / dayMs) });
  const hours = Math.floor(lengthMs / hourMs);
  const minutes = Math.floor((lengthMs % hourMs) / minuteMs);
  return minutes === 0 ? t('hours', { n: hours }) : t('hoursMinutes', { hours, minutes });
}
