import * as v from 'valibot';
import type { Binding } from '../../../shared/house/binding.ts';
import type { Tile, TileSize } from '../../../shared/house/house.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { CommandState, TileState } from '../../../shared/tile/state.ts';
import { translator, type Language } from '../../../web/text/define.ts';
import { tileWords } from '../../../web/text/tile.ts';
import type { LookInput, TileHistory, TileLook } from '../../../web/tiles/define.ts';
import { kindOf } from '../../../web/tiles/registry.ts';
import { planOf } from '../../../web/tiles/plans.ts';

export const atMs = Date.UTC(2026, 5, 1, 19, 47);
export const both = { stateTopic: 'a', commandTopic: 'a/set' } as const;

/** A kind with its bindings, what was reported, and how it is shown. */
export interface Case {
  readonly kind: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly values?: Readonly<Record<string, Value>>;
  readonly options?: Tile['options'];
  readonly size?: TileSize;
  readonly language?: Language;
  readonly tile?: Partial<Tile>;
  readonly command?: CommandState['status'];
  readonly history?: TileHistory;
}

export function inputOf(one: Case): LookInput<unknown> {
  const kind = kindOf(one.kind)!;
  const tile: Tile = {
    id: 'a',
    roomId: 'b',
    kind: one.kind,
    title: 'Thing',
    bindings: one.bindings,
    options: one.options ?? {},
    ...one.tile,
  };
  const roles = Object.fromEntries(Object.entries(one.values ?? {}).map(([role, value]) => [role, { value, atMs }]));
  const role = Object.keys(one.bindings)[0]!;
  const state: TileState = {
    roles,
    isAvailable: true,
    freshness: one.values ? 'fresh' : 'none',
    ageMs: 0,
    isLive: true,
    isViewOnly: false,
    ...(one.command ? { command: { id: 1, role, value: true, sentAtMs: atMs, status: one.command } } : {}),
  };
  const language = one.language ?? 'en';
  return {
    tile,
    options: v.parse(planOf(kind.kind).options, tile.options),
    state,
    size: one.size ?? kind.sizes[0]!,
    t: translator(tileWords, language),
    language,
    ...(one.history ? { history: one.history } : {}),
  };
}
export const lookOf = (one: Case): TileLook => kindOf(one.kind)!.look(inputOf(one));
