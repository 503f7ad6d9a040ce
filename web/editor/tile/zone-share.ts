import type { Shares } from '../../../shared/history/shares.ts';
import type { Language, Translate } from '../../text/define.ts';
import type { EditorKey } from '../../text/editor.ts';
import { formatQuantity } from '../../text/format.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** With a few hours missing it is still the whole week. */
const weekFromMs = 6.75 * dayMs;

/** Which time the shares count over: as much as is known, a week at most. */
export function spanText({ fromMs }: Shares, nowMs: number, t: Translate<EditorKey>): string {
  const spanMs = nowMs - fromMs;
  if (spanMs >= weekFromMs) return t('limitDays', { n: 7 });
  if (spanMs >= 2 * dayMs) return t('limitDays', { n: Math.floor(spanMs / dayMs) });
  return t('limitHours', { n: Math.max(1, Math.round(spanMs / hourMs)) });
}

/** `8 %`; what there was, however little, is not said to be nothing. */
export function percentText(share: number, language: Language): string {
  const percent = Math.round(share * 100);
  const text = formatQuantity(Math.max(1, percent), { language, unit: '%' });
  if (percent > 0) return text;
  return share > 0 ? `< ${text}` : formatQuantity(0, { language, unit: '%' });
}
