import type { PersonInfo } from '../../shared/api/people.ts';
import type { Auth } from '../auth/auth.ts';
import type { Person } from '../auth/people.ts';
import type { ClientInfo } from '../broker/engine/engine.ts';

/** A person as the people page shows it. */
export function toPersonInfo(
  person: Person,
  auth: Pick<Auth, 'logins' | 'nowMs' | 'hasEnded' | 'pin'>,
  clients: readonly ClientInfo[],
): PersonInfo {
  const { id, name, role, createdAtMs, endsAtMs, usesLeft, grants, rules } = person;
  const pin = auth.pin.infoOf(id);
  const { count, lastSeenAtMs } = auth.logins.summary(id, auth.nowMs());
  return {
    id,
    name,
    role,
    createdAtMs,
    ...(endsAtMs === undefined ? {} : { endsAtMs }),
    ...(usesLeft === undefined ? {} : { usesLeft }),
    hasEnded: auth.hasEnded(person),
    grants,
    rules,
    ...(pin ? { pinSetAtMs: pin.setAtMs } : {}),
    loginCount: count,
    ...(lastSeenAtMs === undefined ? {} : { lastSeenAtMs }),
    isConnected: clients.some(({ principal }) => principal.kind === 'person' && principal.id === id),
  };
}
