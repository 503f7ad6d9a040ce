import type { LogEntry } from '../../../shared/api/logbook.ts';
import type { Translate } from '../../text/define.ts';
import type { LogKey } from '../../text/log.ts';

const dayMs = 86_400_000;

export interface Day {
  readonly key: string;
  readonly title: string;
  readonly entries: readonly LogEntry[];
}

interface DayContext {
  readonly t: Translate<LogKey>;
  readonly locale: string;
  /** Times are those of the home, wherever the phone is. */
  readonly timeZone: string;
  readonly nowMs: number;
}

/** Entries by day of the home, newest first: "Today, Sunday 22 November". */
export function byDay(entries: readonly LogEntry[], { t, locale, timeZone, nowMs }: DayContext): readonly Day[] {
  const date = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  const keyFormat = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const [today, yesterday] = [keyFormat.format(nowMs), keyFormat.format(nowMs - dayMs)];
  const groups = new Map<string, LogEntry[]>();
  for (const entry of entries) {
    const key = keyFormat.format(entry.atMs);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups].map(([key, some]) => {
    const day = date.format(some[0]?.atMs);
    const title = key === today ? t('today', { day }) : key === yesterday ? t('yesterday', { day }) : day;
    return { key, title, entries: some };
  });
}
