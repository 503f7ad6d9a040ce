import type { AppPasswordInput, NewAppPassword } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { maxAppPasswordsPerPerson, type AppPassword, type AppPasswords } from './app-passwords.ts';
import type { Person } from './people.ts';
import { newId, newPassword, sealGenerated } from './secret.ts';

export interface AppAccessParts {
  readonly store: Store;
  readonly apps: AppPasswords;
  /** Devices and app passwords share one space of user names. */
  readonly freeUsername: (name: string) => string;
  readonly nowMs: () => number;
  readonly onChanged: () => void;
  readonly onEnded: (appId: string) => void;
}

/** App passwords: made by a person for one program, and ended. */
export interface AppAccess {
  create(person: Person, input: AppPasswordInput): Result<NewAppPassword, Problem>;
  /** Only one of this person's. */
  remove(personId: string, id: string): Result<void, Problem>;
}

export function createAppAccess({ store, apps, freeUsername, nowMs, onChanged, onEnded }: AppAccessParts): AppAccess {
  return {
    create: (person, { name, level, rooms }) => {
      const password = newPassword();
      const made = store.durable((): AppPassword | undefined => {
        if (apps.of(person.id).length >= maxAppPasswordsPerPerson) return undefined;
        const app: AppPassword = {
          id: newId(),
          personId: person.id,
          name,
          username: freeUsername(`${person.name} ${name}`),
          secret: sealGenerated(password),
          level,
          ...(rooms ? { rooms } : {}),
          createdAtMs: nowMs(),
        };
        apps.insert(app);
        return app;
      });
      if (!made.ok) return made;
      const max = maxAppPasswordsPerPerson;
      if (!made.value)
        return fail({ code: 'limit-reached', message: `There may be ${max} app passwords.`, params: { max } });
      onChanged();
      const { personId: _person, secret: _secret, ...info } = made.value;
      return ok({ ...info, password });
    },
    remove: (personId, id) => {
      const removed = store.durable(() => apps.byId(id)?.personId === personId && apps.remove(id));
      if (!removed.ok) return removed;
      if (!removed.value) return fail({ code: 'not-found', message: 'This app password has ended already.' });
      onChanged();
      onEnded(id);
      return ok(undefined);
    },
  };
}
