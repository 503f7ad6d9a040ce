import type { SeriesPoint, TopicValue } from '../../../shared/api/contract.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Translate } from '../../text/define.ts';
import type { DetailsKey } from '../../text/details.ts';
import { ago, type TimeContext } from '../time.ts';

/** A change that shows this much later than the last command was not made by it. */
const commandEffectMs = 120_000;

/** Where commands of a tile go: the first role that has a command topic. */
export const commandTopicOf = (tile: Tile): string | undefined =>
  Object.values(tile.bindings).find((binding) => binding.commandTopic !== undefined)?.commandTopic;

/** When a switch last went from one state to the other, by its recorded minutes. */
export function lastChangeMs(points: readonly SeriesPoint[]): number | undefined {
  let changedMs: number | undefined;
  let before: number | undefined;
  for (const [startMs, min, max] of points) {
    if (before !== undefined && (min !== before || max !== before)) changedMs = startMs;
    before = min === max ? max : before === 1 ? 0 : 1;
  }
  return changedMs;
}

export interface WhoInput {
  readonly roomName: string;
  /** Last message on the command topic, with its author. */
  readonly command: TopicValue | undefined;
  /** Last recorded change of on and off. */
  readonly changedMs: number | undefined;
  /** Newest message of any role. */
  readonly reportedMs: number | undefined;
}

/** The line below the name: who changed it and when, or how fresh the value is. Never names somebody for what the wall switch did. */
export function whoAndWhen(
  { roomName, command, changedMs, reportedMs }: WhoInput,
  t: Translate<DetailsKey>,
  time: TimeContext,
): string {
  const byCommand = command !== undefined && (changedMs === undefined || changedMs <= command.atMs + commandEffectMs);
  if (byCommand && command.by !== undefined) return t('changedBy', { name: command.by, ago: ago(command.atMs, time) });
  if (byCommand) return t('changed', { ago: ago(command.atMs, time) });
  if (changedMs !== undefined) return t('changed', { ago: ago(changedMs, time) });
  if (reportedMs !== undefined) return t('updated', { room: roomName, ago: ago(reportedMs, time) });
  return t('neverReported', { room: roomName });
}
