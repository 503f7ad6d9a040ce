import type { Binding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { encode } from '../../../shared/payload/codec.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileState } from '../../../shared/tile/state.ts';

/** One message of a test. */
export interface TestMessage {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/** Between on and off, so that people see it happen. */
export const testPauseMs = 1_500;

/** Harmless values for a test: on then off; a number, text or colour as it is reported now. */
function testValues(binding: Binding, reported: Value | undefined, options: Tile['options']): readonly Value[] {
  if (binding.type === 'boolean') return [true, false];
  if (binding.type === 'number') return [typeof reported === 'number' ? reported : (binding.min ?? 0)];
  if (binding.type === 'color') return [typeof reported === 'object' ? reported : { h: 30, s: 20, v: 100 }];
  const { payload } = options;
  return [typeof payload === 'string' ? payload : typeof reported === 'string' ? reported : 'PRESS'];
}

/** The role that a test uses: the wanted one when it can send, else the first that can. */
export const testRole = (tile: Pick<Tile, 'bindings'>, wanted: string | undefined): string | undefined => {
  const canSend = (role: string): boolean => tile.bindings[role]?.commandTopic !== undefined;
  if (wanted !== undefined && canSend(wanted)) return wanted;
  return Object.keys(tile.bindings).find(canSend);
};

export interface TestInput {
  readonly tile: Pick<Tile, 'bindings' | 'options'>;
  readonly state: TileState;
  readonly role: string | undefined;
  readonly nowMs: number;
}

/** What *Test* would send, in order; empty without a command topic. */
export function testMessages({ tile, state, role, nowMs }: TestInput): TestMessage[] {
  const chosen = testRole(tile, role);
  const binding = chosen === undefined ? undefined : tile.bindings[chosen];
  if (chosen === undefined || !binding || binding.commandTopic === undefined) return [];
  const { commandTopic: topic, qos = 1, retain = false } = binding;
  return testValues(binding, state.roles[chosen]?.value, tile.options).flatMap((value) => {
    const encoded = encode(binding, value, nowMs);
    return encoded.ok ? [{ topic, payload: encoded.text, qos, retain }] : [];
  });
}
