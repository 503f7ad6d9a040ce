import type { Tile } from '../../shared/house/house.ts';
import {
  foldAvailability,
  foldRole,
  tileState,
  type AvailabilityState,
  type TileRights,
} from '../../shared/tile/fold.ts';
import type { CommandState, RoleState, TileState } from '../../shared/tile/state.ts';
import type { Report, TopicCell } from './topics.ts';
import { ZoneHolder, type LimitsOf } from './zone-holder.ts';

interface Folded<State> {
  readonly last: Report;
  readonly state: State;
}

/** What was folded so far for one tile, so that every message is read once. */
interface Memory {
  readonly roles: Map<string, Folded<RoleState>>;
  readonly zones: ZoneHolder;
  availability?: Folded<AvailabilityState>;
  /** Kept while no role changed, so that a tile that did not change is the same object. */
  rolesObject: Readonly<Record<string, RoleState>>;
}

export interface TileFacts {
  readonly command: CommandState | undefined;
  readonly nowMs: number;
  readonly isLive: boolean;
  readonly isConnecting: boolean;
  readonly rights?: TileRights | undefined;
}

/** Folds topics into tile states. One memory per tile object: an edited tile is a new object and starts anew. */
export function createTileStates(
  cellOf: (topic: string) => TopicCell | undefined,
  limitsOf: LimitsOf = () => [],
): (tile: Tile, facts: TileFacts) => TileState {
  const memories = new WeakMap<Tile, Memory>();

  const memoryOf = (tile: Tile): Memory => {
    const known = memories.get(tile);
    if (known) return known;
    const fresh: Memory = { roles: new Map(), zones: new ZoneHolder(), rolesObject: {} };
    memories.set(tile, fresh);
    return fresh;
  };

  const foldRoles = (tile: Tile, memory: Memory): void => {
    let hasChanged = false;
    for (const [role, binding] of Object.entries(tile.bindings)) {
      if (binding.stateTopic === undefined) continue;
      const before = memory.roles.get(role);
      const after = foldOnto(cellOf(binding.stateTopic), before, (state, report) =>
        memory.zones.lay(tile, role, foldRole(state, binding, report), limitsOf(tile, role)),
      );
      if (!after || after === before) continue;
      memory.roles.set(role, after);
      hasChanged = true;
    }
    if (!hasChanged) return;
    memory.rolesObject = rolesOf(memory);
  };

  return (tile, facts) => {
    const memory = memoryOf(tile);
    foldRoles(tile, memory);
    settleZones(tile, memory, facts.nowMs, limitsOf);
    const { availability } = tile;
    if (availability) {
      const folded = foldOnto(cellOf(availability.topic), memory.availability, (state, report) =>
        foldAvailability(state, availability, report),
      );
      if (folded) memory.availability = folded;
    }
    const usualIntervalMs = intervalOf(memory);
    return tileState({
      tile,
      roles: memory.rolesObject,
      nowMs: facts.nowMs,
      isLive: facts.isLive,
      isConnecting: facts.isConnecting,
      rights: facts.rights,
      ...(memory.availability ? { availability: memory.availability.state } : {}),
      ...(usualIntervalMs === undefined ? {} : { usualIntervalMs }),
      ...(facts.command ? { command: facts.command } : {}),
    });
  };
}

/** Zones that their value left long ago without a further message. */
function settleZones(tile: Tile, memory: Memory, nowMs: number, limitsOf: LimitsOf): void {
  for (const role of memory.zones.dueAt(nowMs)) {
    const folded = memory.roles.get(role);
    if (!folded) continue;
    const { zone } = memory.zones.lay(tile, role, { ...folded.state, atMs: nowMs }, limitsOf(tile, role));
    if (zone === undefined) continue;
    memory.roles.set(role, { ...folded, state: { ...folded.state, zone } });
    memory.rolesObject = rolesOf(memory);
  }
}

const rolesOf = ({ roles }: Memory): Memory['rolesObject'] =>
  Object.fromEntries([...roles].map(([role, { state }]) => [role, state]));

/** Folds the messages that came after the last one folded. */
function foldOnto<State>(
  cell: TopicCell | undefined,
  before: Folded<State> | undefined,
  fold: (state: State | undefined, report: Report) => State,
): Folded<State> | undefined {
  const newest = cell?.reports.at(-1);
  if (!cell || !newest || before?.last === newest) return before;
  const start = before ? cell.reports.indexOf(before.last) + 1 : 0;
  let state = before?.state;
  for (const report of cell.reports.slice(start)) state = fold(state, report);
  return state === undefined ? before : { last: newest, state };
}

/** Usual interval of the topic that reported last. */
function intervalOf(memory: Memory): number | undefined {
  const lasts = [...memory.roles.values()].map((folded) => folded.last);
  const newest = lasts.reduce<Report | undefined>(
    (best, one) => (!best || one.atMs > best.atMs ? one : best),
    undefined,
  );
  return newest?.usualIntervalMs;
}
