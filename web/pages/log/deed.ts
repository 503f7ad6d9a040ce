import type { Deed, LogEntry } from '../../../shared/api/logbook.ts';
import type { Translate } from '../../text/define.ts';
import type { DeedKey } from '../../text/deed.ts';

/** Sentence of a deed; by whom it was tells which. */
export function deedKey({ what, role, level }: Deed, actor: LogEntry['actor']): DeedKey {
  if (what === 'invited' && role === 'guest') return 'invitedGuest';
  if (what === 'person-ended' && !actor) return 'ranOut';
  if (what === 'access-given') return level === 'see' ? 'seeGiven' : 'operateGiven';
  return what;
}

/** What stands below: as what, what of it, how many. */
export function deedFacts({ role, parts = [], count }: Deed, t: Translate<DeedKey>): readonly string[] {
  const changed = parts.filter((part) => part !== 'role' || role === undefined).map((part) => t(`part.${part}`));
  return [
    role === undefined ? '' : t(`as.${role}`),
    changed.join(', '),
    count === undefined ? '' : t('logins', { n: count }),
  ].filter((fact) => fact !== '');
}
