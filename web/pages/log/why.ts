import type { LogEntry } from '../../../shared/api/logbook.ts';
import { askAboutPath } from '../../app/ask-path.ts';

/** Who looks at the log. */
export interface Asker {
  readonly id: string;
  /** Everybody else asks only about themselves. */
  readonly mayManage: boolean;
}

/** The question whose answer says why something was refused; nowhere for those who may not ask it. */
export function whyPath({ kind, actor, topic, action, payload }: LogEntry, asker: Asker): string | undefined {
  if (kind !== 'refused' || !actor || topic === undefined || action === undefined) return undefined;
  if (actor.kind !== 'person' && actor.kind !== 'app' && actor.kind !== 'device') return undefined;
  const isOwn = actor.kind === 'person' && actor.id === asker.id;
  if (!asker.mayManage && !isOwn) return undefined;
  return askAboutPath(actor.kind, actor.id, { action, topic, payload });
}
