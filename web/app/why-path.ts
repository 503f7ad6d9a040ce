import type { CommandState } from '../../shared/tile/state.ts';

/** What one may ask about at most (`askBody`). */
const maxPayload = 1_024;

/** The question whose answer says why a tile's command was refused: what was sent belongs to it, since limits look at that. */
export function whyPath(tileId: string, { refused }: Pick<CommandState, 'refused'> = {}): string {
  const path = `/ask/tile/${tileId}`;
  if (!refused) return path;
  const { topic, payload } = refused;
  const isTellable = payload !== '' && payload.length <= maxPayload;
  return `${path}?${new URLSearchParams({ action: 'send', topic, ...(isTellable ? { payload } : {}) }).toString()}`;
}
