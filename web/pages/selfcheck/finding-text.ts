import { gradeOf, grades, type FindingLine, type Grade } from '../../../shared/api/selfcheck.ts';
import type { Language, Params, Translate } from '../../text/define.ts';
import { formatNumber } from '../../text/format.ts';
import type { selfCheckWords } from '../../text/selfcheck.ts';
import type { TimeKey } from '../../text/time.ts';
import { pointInTime } from '../time.ts';

export type SelfCheckKey = keyof typeof selfCheckWords.en;

export interface FindingContext {
  readonly t: Translate<SelfCheckKey>;
  readonly time: Translate<TimeKey>;
  readonly nowMs: number;
  readonly locale: string;
  readonly language: Language;
}

const bytesPerMegabyte = 1_000_000;

const sizeText = (bytes: number, language: Language): string =>
  `${formatNumber(Math.max(bytes / bytesPerMegabyte, 0.1), { language, decimals: 1 })}\u00a0MB`;

/** Ends lie far ahead: they need the year. */
const dateText = (atMs: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(atMs);

function paramText(name: string, value: string | number, context: FindingContext): string | number {
  if (typeof value === 'string') return value;
  const { time: t, nowMs, locale, language } = context;
  if (name.endsWith('Bytes')) return sizeText(value, language);
  if (name === 'endMs') return dateText(value, locale);
  return name.endsWith('Ms') ? pointInTime(value, { t, nowMs, locale }) : value;
}

const paramsOf = ({ params }: FindingLine, context: FindingContext): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, paramText(name, value, context)]));

export const titleOf = (line: FindingLine, context: FindingContext): string =>
  context.t(line.finding, paramsOf(line, context));

export const proofOf = (line: FindingLine, context: FindingContext): string =>
  context.t(`${line.finding}.proof`, paramsOf(line, context));

export const ofGrade = (lines: readonly FindingLine[], grade: Grade): readonly FindingLine[] =>
  lines.filter((line) => gradeOf(line) === grade);

/** The worst line decides what the lamp and the sentence say. */
export const worstOf = (lines: readonly FindingLine[]): Grade =>
  grades.find((grade) => ofGrade(lines, grade).length > 0) ?? 'good';

export function headline(lines: readonly FindingLine[], t: Translate<SelfCheckKey>): string {
  const [open, toImprove] = [ofGrade(lines, 'repair').length, ofGrade(lines, 'improve').length];
  if (open > 0) return t(toImprove > 0 ? 'openToo' : 'open', { n: open, m: toImprove });
  return toImprove > 0 ? t('toImprove', { n: toImprove }) : t('closed');
}

/** The report as plain text, to be taken along. No secrets are in it: none are in the lines. */
export function reportText(lines: readonly FindingLine[], context: FindingContext): string {
  const { t } = context;
  const parts = grades.map((grade) => {
    const found = ofGrade(lines, grade).map((line) => `- ${titleOf(line, context)}: ${proofOf(line, context)}`);
    return found.length > 0 ? [t(grade), ...found].join('\n') : '';
  });
  return [headline(lines, t), ...parts.filter((part) => part !== '')].join('\n\n');
}
