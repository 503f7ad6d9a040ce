import type { AskStep, Subject } from '../../../shared/api/people.ts';
import { devicePath, peoplePath, personPath, roleRulesPath } from '../nav/routes.ts';

/** Where the rule that decides is changed; undefined where nobody can change it. */
export function placeOfRule({ kind, id }: Subject, step: AskStep | undefined): string | undefined {
  if (!step || step.kind === 'system') return undefined;
  if (step.kind === 'role-rule') return roleRulesPath;
  // A step names its group, and names may be the same; the list of all is on that page.
  if (step.kind === 'group-rule') return peoplePath;
  if (kind === 'device') return devicePath(id);
  // An app password belongs to a person, whom the question does not name.
  return kind === 'person' ? personPath(id) : peoplePath;
}
