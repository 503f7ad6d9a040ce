import type { ListedRule, RuleList, Standing } from '../../shared/acl/standing.ts';
import type { GroupInfo, Subject, TopicRule } from '../../shared/api/people.ts';
import type { Auth } from '../auth/auth.ts';
import type { Person } from '../auth/people.ts';
import type { Allowances } from './allowances.ts';
import type { RightsStore } from './rights-store.ts';

/** Somebody or something that is not there (any more). */
const nobody: Standing = { kind: 'device', userName: '', isOut: true, lists: [] };

export interface StandingParts {
  readonly auth: Pick<Auth, 'people' | 'devices' | 'apps'>;
  readonly store: RightsStore;
  readonly allowances: Pick<Allowances, 'of'>;
}

type Members = Pick<GroupInfo, 'people' | 'devices'>;

const listed = (rules: readonly TopicRule[], name: string): readonly ListedRule[] =>
  rules.map((rule) => ({ ...rule, name }));

/** Finds something when it is first asked for. */
function once<T extends object>(find: () => T): () => T {
  let found: T | undefined;
  return () => (found ??= find());
}

/** Reads from the accounts, groups and roles what a subject's rights depend on. Groups and roles stay as they are when first read. */
export function createStandings({ auth, store, allowances }: StandingParts): (subject: Subject) => Standing {
  const groups = once(() =>
    store.groups().map(({ rules, ...group }) => ({ ...group, rules: listed(rules, group.name) })),
  );
  const rulesOfRoles = once(() => store.roleRules());
  const groupRules = (isMember: (group: Members) => boolean): RuleList => ({
    kind: 'group-rule',
    rules: groups()
      .filter(isMember)
      .flatMap(({ rules }) => rules),
  });

  const roleRules = ({ role }: Person): RuleList => ({
    kind: 'role-rule',
    rules: role === 'owner' ? [] : listed(rulesOfRoles()[role], role),
  });

  const ofPerson = (id: string): Standing => {
    const person = auth.people.byId(id);
    if (!person) return { ...nobody, kind: 'person' };
    const { name, role, grants, rules, endsAtMs, endedAtMs, usesLeft } = person;
    return {
      kind: 'person',
      userName: name,
      isOut: endedAtMs !== undefined,
      ...(endsAtMs === undefined ? {} : { endsAtMs }),
      ...(usesLeft === undefined ? {} : { usesLeft }),
      role,
      grants,
      lists: [{ kind: 'topic-rule', rules }, groupRules(({ people }) => people.includes(id)), roleRules(person)],
    };
  };

  const ofDevice = (id: string): Standing => {
    const device = auth.devices.byId(id);
    if (!device) return nobody;
    return {
      kind: 'device',
      userName: device.username,
      isOut: device.isBlocked,
      lists: [{ kind: 'topic-rule', rules: device.rules }, groupRules(({ devices }) => devices.includes(id))],
    };
  };

  /** Never more than its person may, so everything of the person counts, the name for `%u` included. */
  const ofApp = (id: string): Standing => {
    const app = auth.apps.byId(id);
    if (!app) return { ...nobody, kind: 'app' };
    const { name, level, rooms } = app;
    return { ...ofPerson(app.personId), kind: 'app', app: { name, level, ...(rooms ? { rooms } : {}) } };
  };

  const ofSubject = ({ kind, id }: Subject): Standing => {
    if (kind === 'person') return ofPerson(id);
    return kind === 'app' ? ofApp(id) : ofDevice(id);
  };
  /** Asked before all other rules. */
  return (subject) => {
    const standing = ofSubject(subject);
    return { ...standing, lists: [{ kind: 'allowance', rules: allowances.of(subject) }, ...standing.lists] };
  };
}
