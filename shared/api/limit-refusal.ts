import type { LimitReason } from './limits.ts';

/** What the broker tells a client that a limit refuses: plain words for whoever reads MQTT, known to pages, which say it in their language. */
const sentences: Readonly<Record<LimitReason, string>> = {
  range: 'not within the range that this account may set',
  times: 'used as often in an hour as this account may',
  uses: 'no uses are left',
};
const nextAt = ', next at ';
const isClock = (text: string): boolean => /^\d\d:\d\d$/.test(text);

export interface LimitRefusal {
  readonly because: LimitReason;
  /** When it works again, as the house's clocks show it: `14:05`. */
  readonly againAt?: string | undefined;
}

export const tellLimit = ({ because, againAt }: LimitRefusal): string =>
  sentences[because] + (againAt === undefined ? '' : nextAt + againAt);

/** Undefined: no limit said this. */
export function readLimit(text: string | undefined): LimitRefusal | undefined {
  const [sentence, again = ''] = text?.split(nextAt) ?? [];
  for (const because of ['range', 'times', 'uses'] as const)
    if (sentences[because] === sentence) return isClock(again) ? { because, againAt: again } : { because };
  return undefined;
}
