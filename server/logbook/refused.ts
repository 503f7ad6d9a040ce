import type { LogActor, LogTile } from '../../shared/api/logbook.ts';
import type { Refused } from '../rights/refusals.ts';
import type { NewEntry } from './commands.ts';

interface By {
  readonly actor: LogActor | undefined;
  readonly tile: LogTile | undefined;
}

/** What the log says of something that the rules refused. */
export const refusedEntry = ({ action, topic, payload, step, atMs }: Refused, { actor, tile }: By): NewEntry => ({
  atMs,
  kind: 'refused',
  topic,
  action: action === 'publish' ? 'send' : 'read',
  ...(actor ? { actor } : {}),
  ...(tile ? { tile } : {}),
  ...(payload === undefined ? {} : { payload }),
  ...(step ? { decidedBy: step.kind } : {}),
});
