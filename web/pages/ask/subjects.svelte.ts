import type { DevicesReply } from '../../../shared/api/contract.ts';
import type { AppPasswordInfo, PeopleReply, Subject } from '../../../shared/api/people.ts';
import { getApi } from '../../app/context.ts';

/** Somebody or something a question can be about. */
export interface NamedSubject {
  readonly subject: Subject;
  readonly name: string;
}

/** One word for a subject, for lists of choices. */
export const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`;

export const nameOf = (all: readonly NamedSubject[], subject: Subject): string =>
  all.find((one) => keyOf(one.subject) === keyOf(subject))?.name ?? subject.id;

/** People, devices and one's own app passwords, as far as this person may ask about them. Call while a component initialises. */
export function followSubjects(people: () => PeopleReply | undefined): { readonly all: readonly NamedSubject[] } {
  const api = getApi();
  let others = $state.raw<readonly NamedSubject[]>([]);
  const load = async (): Promise<void> => {
    const [devices, apps] = await Promise.all([
      api.get<DevicesReply>('/api/devices'),
      api.get<readonly AppPasswordInfo[]>('/api/app-passwords'),
    ]);
    const named = (kind: Subject['kind'], list: readonly { id: string; name: string }[]): NamedSubject[] =>
      list.map(({ id, name }) => ({ subject: { kind, id }, name }));
    others = [...named('device', devices.ok ? devices.value.devices : []), ...named('app', apps.ok ? apps.value : [])];
  };
  void load();
  return {
    get all() {
      const persons = (people()?.people ?? []).map(({ id, name }) => ({
        subject: { kind: 'person' as const, id },
        name,
      }));
      return [...persons, ...others];
    },
  };
}
