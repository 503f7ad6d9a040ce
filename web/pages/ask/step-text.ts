import type { AskReply, AskStep } from '../../../shared/api/people.ts';
import { roles, type Role } from '../../../shared/api/people.ts';
import type { Translate } from '../../text/define.ts';
import type { AskKey } from '../../text/ask.ts';
import type { PeopleKey } from '../../text/people.ts';
import { clockTime } from '../clock-time.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { formatQuantity } from '../../text/format.ts';
import { limitsInWords, type LimitsContext } from '../people/limits-text.ts';
import { exceptionInWords, weekday } from '../people/rights-text.ts';

export interface StepContext {
  readonly t: Translate<AskKey>;
  readonly people: Translate<PeopleKey>;
  readonly limits: LimitsContext;
  /** Of a tile that the person who asks sees. */
  readonly bindingsOf: (tileId: string | undefined) => Tile['bindings'] | undefined;
  readonly locale: string;
  /** Of the house; until it is known, and without one, that of this device. */
  readonly timeZone?: string | undefined;
  /** Whom the question is about. */
  readonly who: string;
}

type Wording = Pick<StepContext, 't' | 'locale' | 'timeZone'>;

const isRole = (name: string | undefined): name is Role => (roles as readonly string[]).includes(name ?? '');

/** The answer in one line. */
export function answerInWords(reply: AskReply, atMs: number, wording: Wording): string {
  const { t } = wording;
  const step = decisiveOf(reply);
  if (reply.isAllowed) return yesInWords(reply, step, wording);
  if (!step || step.kind === 'allowance') return t('no.closed');
  if (step.because) return t(`no.${step.because}`);
  if (step.kind === 'card') return t('no.uses');
  if (step.kind === 'exception' && step.hours && step.level === 'operate') return hoursReason(step, atMs, wording);
  if (step.kind === 'exception' || step.kind === 'room') return t(`no.${step.kind}.${step.level ?? 'no'}`);
  return t(`no.${step.kind}`);
}

function yesInWords(
  { needsHold, needsPin }: AskReply,
  step: AskStep | undefined,
  { t, locale, timeZone }: Wording,
): string {
  if (step?.untilMs !== undefined) return t('yesUntil', { time: clockTime(step.untilMs, locale, timeZone) });
  if (needsPin) return t(`yesPin.${needsPin}`);
  return needsHold ? t('yesHold') : t('yes');
}

export const decisiveOf = ({ steps }: AskReply): AskStep | undefined =>
  steps.find(({ outcome }) => outcome === 'decides');

/** A day that is not among the days is the reason, else the hour is. */
function hoursReason({ hours }: AskStep, atMs: number, { t, locale, timeZone }: Wording): string {
  const dayIn = (language: string): string =>
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone }).format(atMs);
  const today = dayIn('en');
  if (hours?.days.some((day) => weekday(day, 'en', 'long') === today)) return t('no.hour');
  return t('no.day', { day: dayIn(locale) });
}

/** What a rule is called. */
export function stepTitle(
  step: AskStep,
  isAllowed: boolean,
  { t, people, who }: Pick<StepContext, 't' | 'people' | 'who'>,
): string {
  if (step.kind === 'account')
    return t(step.outcome === 'decides' && !isAllowed ? 'step.accountClosed' : 'step.account');
  const name = isRole(step.name) ? people(`role.${step.name}`) : (step.name ?? '');
  return t(`step.${step.kind}`, { name, who });
}

/** What it says. */
export function stepText(step: AskStep, context: StepContext): string {
  const { t, people, who, locale, timeZone } = context;
  switch (step.kind) {
    case 'exception':
      return exceptionText(step, context);
    case 'card':
      return cardText(step, context);
    case 'pin':
      return pinText(step, context);
    case 'room':
      return step.level ? t('roomText', { who, level: people(`level.${step.level}`) }) : '';
    case 'allowance':
      return step.untilMs === undefined
        ? t('noFit')
        : t('allowanceText', { time: clockTime(step.untilMs, locale, timeZone) });
    case 'topic-rule':
    case 'group-rule':
    case 'role-rule':
      return step.rule ? `${step.rule.filter} · ${people(`access.${step.rule.access}`)}` : t('noFit');
    case 'role':
      return step.name === 'owner' ? t('ownerText') : t('roleText');
    case 'system':
      return t('systemText');
    case 'closed':
      return t('closedText');
    case 'account':
      return step.outcome === 'decides' ? '' : t('accountText');
    case 'app':
      return '';
  }
}

function exceptionText(step: AskStep, { people, locale, limits, bindingsOf }: StepContext): string {
  const { tileId = '', level, hours, pin } = step;
  if (level === undefined) return '';
  const exception = { tileId, level, ...(hours ? { hours } : {}), ...(pin ? { pin: true } : {}) };
  return exceptionInWords(exception, { t: people, locale }, limitsInWords(step, bindingsOf(tileId), limits));
}

function pinText({ outcome, pin }: AskStep, { t }: StepContext): string {
  if (outcome === 'decides') return t('pinNo');
  return t(`pinText.${pin === 'on' || pin === 'off' ? pin : 'both'}`);
}

function cardText({ because, atMostPercent }: AskStep, { t, limits: { language } }: StepContext): string {
  if (because !== 'range' || atMostPercent === undefined) return t('cardUses');
  return t('cardRange', { percent: formatQuantity(atMostPercent, { language, unit: '%' }) });
}
