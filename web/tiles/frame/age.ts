import type { Translate } from '../../text/define.ts';
import type { FrameKey } from '../../text/frame.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "18 min": the largest whole unit, rounded down; hours only from 2 h on. */
export function ageText(ageMs: number, t: Translate<FrameKey>): string {
  if (ageMs < minuteMs) return t('ageSeconds', { n: Math.max(0, Math.floor(ageMs / 1_000)) });
  if (ageMs < 2 * hourMs) return t('ageMinutes', { n: Math.floor(ageMs / minuteMs) });
  if (ageMs < 2 * dayMs) return t('ageHours', { n: Math.floor(ageMs / hourMs) });
  return t('ageDays', { n: Math.floor(ageMs / dayMs) });
}
