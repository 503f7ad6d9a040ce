import { words } from './define.ts';

/** Ages and durations, short as on a tile. */
export const timeWords = words(
  {
    justNow: 'just now',
    secondsAgo: '{n} s ago',
    minutesAgo: '{n} min ago',
    hoursAgo: '{n} h ago',
    yesterdayAt: 'yesterday {time}',
    seconds: '{n} s',
    minutes: '{n} min',
    hours: '{n} h',
    hoursMinutes: '{hours} h {minutes} min',
    days: '{n} day|{n} days',
  },
  {
    justNow: 'gerade eben',
    secondsAgo: 'vor {n} s',
    minutesAgo: 'vor {n} min',
    hoursAgo: 'vor {n} h',
    yesterdayAt: 'gestern {time}',
    seconds: '{n} s',
    minutes: '{n} min',
    hours: '{n} h',
    hoursMinutes: '{hours} h {minutes} min',
    days: '{n} Tag|{n} Tage',
  },
);
export type TimeKey = keyof typeof timeWords.en;
