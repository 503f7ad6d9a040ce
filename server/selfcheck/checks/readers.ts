import { randomBytes } from 'node:crypto';
import type { AskInput, Role, WhoReply } from '../../../shared/api/people.ts';
import { found, namesIn, type Check, type CheckedHouse } from '../check.ts';

type Reader = WhoReply['who'][number];
const probeBytes = 9;
const probeLevels = 5;

/** A topic that nobody has named before: whoever may use it may use all. */
const anyTopic = (): string =>
  Array.from({ length: probeLevels }, () => randomBytes(probeBytes).toString('hex')).join('/');

function whoMay({ asking }: CheckedHouse, action: AskInput['action']): readonly Reader[] {
  const who = asking.who({ action, topic: anyTopic() });
  return who.ok ? who.value.filter(({ isAllowed }) => isAllowed) : [];
}

/** Of the person, or of whose app password it is; devices have none. */
function roleOf({ auth }: CheckedHouse, { subject: { kind, id } }: Reader): Role | undefined {
  if (kind === 'device') return undefined;
  const personId = kind === 'app' ? auth.apps.byId(id)?.personId : id;
  return auth.people.byId(personId ?? '')?.role;
}

/** Who may read everything: owners, and devices that somebody gave it to. One that may also send everything is wider than it needs. */
export const readers: Check = {
  name: 'readers',
  look: (house) => {
    const all = whoMay(house, 'read');
    const senders = new Set(whoMay(house, 'send').map(({ subject }) => subject.id));
    const wide = all.filter(({ subject: { kind, id } }) => kind === 'device' && senders.has(id));
    const strange = all.filter((reader) => (roleOf(house, reader) ?? 'owner') !== 'owner');
    const namesOf = (some: readonly Reader[]) => ({ n: some.length, names: namesIn(some.map(({ name }) => name)) });
    const [device, person] = [wide[0]?.subject.id, strange[0]?.subject];
    const isKnown = wide.length === 0 && strange.length === 0 && all.length > 0;
    return [
      ...(device === undefined
        ? []
        : [found('wide-devices', namesOf(wide), wide.length === 1 ? { kind: 'device', id: device } : undefined)]),
      ...(person === undefined
        ? []
        : [
            found(
              'wide-people',
              namesOf(strange),
              person.kind === 'person' ? { ...person, kind: 'person' } : undefined,
            ),
          ]),
      ...(isKnown ? [found('readers-known', namesOf(all))] : []),
    ];
  },
};
