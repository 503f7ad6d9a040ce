import type { GroupInfo, RoleRules, TopicRule } from '../../shared/api/people.ts';
import type { Store } from '../store/store.ts';
import { machineTimeZone } from './zone.ts';

const roleRulesKey = 'role-rules';
const timeZoneKey = 'time-zone';
const noRules: RoleRules = { member: [], guest: [], kiosk: [] };

interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly people: string;
  readonly devices: string;
  readonly rules: string;
}

// Only validated values are ever written.
const toGroup = ({ id, name, people, devices, rules }: GroupRow): GroupInfo => ({
  id,
  name,
  people: JSON.parse(people) as string[],
  devices: JSON.parse(devices) as string[],
  rules: JSON.parse(rules) as TopicRule[],
});

/** Groups, rules of roles and the time zone, as they lie in the database. Writes belong into a transaction of the store. */
export function createRightsStore({ db }: Store) {
  const read = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const write = db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)');
  const groups = db.prepare<[], GroupRow>('SELECT * FROM rights_group ORDER BY name COLLATE NOCASE');
  const putGroup = db.prepare('INSERT OR REPLACE INTO rights_group VALUES (?, ?, ?, ?, ?)');
  const removeGroup = db.prepare('DELETE FROM rights_group WHERE id = ?');
  return {
    groups: (): GroupInfo[] => groups.all().map(toGroup),
    putGroup: ({ id, name, people, devices, rules }: GroupInfo) =>
      void putGroup.run(id, name, JSON.stringify(people), JSON.stringify(devices), JSON.stringify(rules)),
    removeGroup: (id: string): boolean => removeGroup.run(id).changes > 0,
    roleRules: (): RoleRules => {
      const text = read.get(roleRulesKey);
      return text === undefined ? noRules : (JSON.parse(text) as RoleRules);
    },
    setRoleRules: (rules: RoleRules) => void write.run(roleRulesKey, JSON.stringify(rules)),
    timeZone: (): string => read.get(timeZoneKey) ?? machineTimeZone(),
    setTimeZone: (timeZone: string) => void write.run(timeZoneKey, timeZone),
  };
}
export type RightsStore = ReturnType<typeof createRightsStore>;
