import type { Tile } from '../../shared/house/house.ts';
import type { RoleState } from '../../shared/tile/state.ts';
import { holdZone, leaveAfterMs, type ZoneMemory } from '../../shared/tile/zone-memory.ts';

/** Where the zones of a role begin, low to high; none = it has no zones. Kinds know it. */
export type LimitsOf = (tile: Tile, role: string) => readonly number[];

/** The shown zones of one tile's roles. */
export class ZoneHolder {
  readonly #zones = new Map<string, ZoneMemory>();

  /** Adds the shown zone to what a message made of a role. */
  lay(tile: Tile, role: string, state: RoleState, limits: readonly number[]): RoleState {
    const { value, atMs } = state;
    if (limits.length === 0 || typeof value !== 'number' || atMs === undefined) return state;
    const zone = holdZone(this.#zones.get(role), { limits, value, atMs, ...rangeOf(tile, role) });
    this.#zones.set(role, zone);
    return { ...state, zone: zone.index };
  }

  /** Roles whose value has stayed outside for so long that their zone follows now. */
  dueAt(nowMs: number): readonly string[] {
    return [...this.#zones].flatMap(([role, { outsideSinceMs }]) =>
      outsideSinceMs !== undefined && nowMs - outsideSinceMs >= leaveAfterMs ? [role] : [],
    );
  }
}

function rangeOf(tile: Tile, role: string): { readonly range?: number } {
  const binding = tile.bindings[role];
  if (binding?.type !== 'number' || binding.min === undefined || binding.max === undefined) return {};
  return { range: binding.max - binding.min };
}
