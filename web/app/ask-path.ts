import type { AskInput } from '../../shared/api/people.ts';
import type { CommandState } from '../../shared/tile/state.ts';

/** What one may ask about at most (`askBody`). */
const maxPayload = 1_024;

/** A question about somebody or something: `person`, `device`, `app`, or one's own right to a `tile`; what it asks, as `questionIn` reads it again. */
export function askAboutPath(
  kind: 'person' | 'device' | 'app' | 'tile',
  id: string,
  question?: Pick<AskInput, 'action' | 'topic' | 'payload'>,
): string {
  const path = `/ask/${kind}/${id}`;
  if (!question) return path;
  const { action, topic, payload } = question;
  return `${path}?${new URLSearchParams({ action, topic, ...(payload ? { payload } : {}) }).toString()}`;
}

/** The question whose answer says why a tile's command was refused: what was sent belongs to it, since limits look at that. */
export function whyRefusedPath(tileId: string, { refused }: Pick<CommandState, 'refused'> = {}): string {
  if (!refused) return askAboutPath('tile', tileId);
  const { topic, payload } = refused;
  const isTellable = payload.length <= maxPayload;
  return askAboutPath('tile', tileId, { action: 'send', topic, ...(isTellable ? { payload } : {}) });
}
