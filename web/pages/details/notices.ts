import type { SeriesPoint } from '../../../shared/api/contract.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { DecodeProblem } from '../../../shared/payload/decoded.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import type { DetailsKey } from '../../text/details.ts';

/** Server time of the newest message of any role. */
export function reportedMs(state: TileState): number | undefined {
  const times = Object.values(state.roles).flatMap(({ atMs }) => (atMs === undefined ? [] : [atMs]));
  return times.length === 0 ? undefined : Math.max(...times);
}

export const isControllable = (state: TileState): boolean => state.isLive && state.isAvailable && !state.isViewOnly;

/** The role that says on or off, if the tile has one. */
export const switchRole = (tile: Tile): string | undefined =>
  Object.entries(tile.bindings).find(
    ([, binding]) => binding.type === 'boolean' && binding.stateTopic !== undefined,
  )?.[0];

/** Recorded points of that role. */
export function switchPoints(
  tile: Tile,
  points: Readonly<Record<string, readonly SeriesPoint[]>>,
): readonly SeriesPoint[] {
  const role = switchRole(tile);
  return role === undefined ? [] : (points[role] ?? []);
}

/** Topics the tile listens to, each once. */
export const stateTopics = (tile: Tile): string[] => [
  ...new Set(Object.values(tile.bindings).flatMap(({ stateTopic }) => (stateTopic === undefined ? [] : [stateTopic]))),
];

/** What keeps the details from showing a value. At most one is told: the first that holds. */
export type Notice =
  | { readonly type: 'unavailable'; readonly sinceMs?: number }
  | { readonly type: 'problem'; readonly text: DetailsKey; readonly shown?: string }
  | { readonly type: 'no-value' }
  | { readonly type: 'view-only' };

const problemTexts: Readonly<Partial<Record<DecodeProblem, DetailsKey>>> = {
  'path-not-found': 'pathMissing',
  'not-json': 'notJson',
  'not-utf8': 'notText',
  'too-large': 'tooLarge',
  'unknown-value': 'unknownHint',
};

/** `isOperable`: the kind can be operated at all; that one may only look at a sensor goes without saying. */
export function noticeOf(tile: Tile, state: TileState, isOperable: boolean): Notice | undefined {
  if (!state.isAvailable) {
    return {
      type: 'unavailable',
      ...(state.unavailableSinceMs === undefined ? {} : { sinceMs: state.unavailableSinceMs }),
    };
  }
  const problem = Object.values(state.roles).find((role) => role.problem !== undefined)?.problem;
  if (problem && problem.code !== 'no-value') {
    const shown = problem.shown === undefined ? {} : { shown: problem.shown };
    return { type: 'problem', text: problemTexts[problem.code] ?? 'unreadable', ...shown };
  }
  const hasValue = Object.values(state.roles).some((role) => role.value !== undefined);
  if (!hasValue && stateTopics(tile).length > 0) return { type: 'no-value' };
  return state.isViewOnly && isOperable ? { type: 'view-only' } : undefined;
}
