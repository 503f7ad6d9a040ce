import type { PersonInfo } from '../../../shared/api/people.ts';
import type { House } from '../../../shared/house/house.ts';
import type { Translate } from '../../text/define.ts';
import type { LimitsKey } from '../../text/limits.ts';
import type { PeopleKey } from '../../text/people.ts';
import type { TimeKey } from '../../text/time.ts';
import { comingTime } from '../ends.ts';
import { ago } from '../time.ts';
import { seenInWords } from './rights-text.ts';

export interface PersonContext {
  readonly t: Translate<PeopleKey>;
  readonly limits: Translate<LimitsKey>;
  readonly time: Translate<TimeKey>;
  readonly locale: string;
  readonly nowMs: number;
  readonly house: House;
  readonly ownId: string;
}

/** The line below a name: who lives here by presence, guests by their end, screens by what they show. */
export function personLine(person: PersonInfo, context: PersonContext): string {
  const { t } = context;
  const rights = { t, locale: context.locale };
  const seen = seenInWords(person.grants, context.house, rights);
  if (person.hasEnded) return t('ended');
  if (person.role === 'guest')
    return [usesOf(person, context), endOf(person, context), seen].filter(Boolean).join(' · ');
  if (person.role === 'kiosk') return `${seen}, ${t('noSettings')}`;
  if (person.id === context.ownId) return t('you');
  return presenceOf(person, context);
}

const usesOf = ({ usesLeft }: PersonInfo, { limits }: PersonContext): string =>
  usesLeft === undefined ? '' : limits('usesLeft', { n: usesLeft });

const endOf = ({ endsAtMs }: PersonInfo, { t, nowMs, locale }: PersonContext): string =>
  endsAtMs === undefined ? '' : t('until', { time: comingTime(endsAtMs, nowMs, locale) });

/** "2 logins · last seen 12 min ago" */
export function presenceOf(
  person: PersonInfo,
  { t, time, nowMs, locale }: Omit<PersonContext, 'house' | 'ownId' | 'limits'>,
): string {
  if (person.loginCount === 0) return t('noLogins');
  const logins = t('logins', { n: person.loginCount });
  if (person.isConnected) return `${logins} · ${t('connectedNow')}`;
  if (person.lastSeenAtMs === undefined) return logins;
  return `${logins} · ${t('lastSeen', { time: ago(person.lastSeenAtMs, { t: time, nowMs, locale }) })}`;
}
