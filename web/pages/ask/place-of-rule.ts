import type { AskStep, Subject } from '../../../shared/api/people.ts';
import { devicePath, peoplePath, personPath } from '../nav/routes.ts';

/** Where the rule that decides is changed; undefined where nobody can change it. */
export function placeOfRule({ kind, id }: Subject, step: AskStep | undefined): string | undefined {
  if (!step || step.kind === 'system') return undefined;
  if (kind === 'device') return devicePath(id);
  // An app password belongs to a person, whom the question does not name.
  return kind === 'person' ? personPath(id) : peoplePath;
}
