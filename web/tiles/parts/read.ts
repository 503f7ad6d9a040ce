import type { NumberBinding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import type { Color } from '../../../shared/payload/color.ts';
import type { Value } from '../../../shared/payload/decoded.ts';
import type { TileState } from '../../../shared/tile/state.ts';
import type { Language, Translate } from '../../text/define.ts';
import type { TileKey } from '../../text/tile.ts';

/** Reading roles as the type a kind expects; anything else counts as no value. */

/** Longest device text in a state line, an accessible name or a table. */
export const maxShownText = 300;

export const cutText = (text: string, max = maxShownText): string =>
  text.length <= max ? text : `${text.slice(0, max - 1)}…`;

const valueOf = (state: TileState, role: string): Value | undefined => state.roles[role]?.value;

export function booleanOf(state: TileState, role: string): boolean | undefined {
  const value = valueOf(state, role);
  return typeof value === 'boolean' ? value : undefined;
}

/** Finite numbers only. */
export function numberOf(state: TileState, role: string): number | undefined {
  const value = valueOf(state, role);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function textOf(state: TileState, role: string): string | undefined {
  const value = valueOf(state, role);
  return typeof value === 'string' ? value : undefined;
}

export function colorOf(state: TileState, role: string): Color | undefined {
  const value = valueOf(state, role);
  if (typeof value !== 'object') return undefined;
  return [value.h, value.s, value.v].every(Number.isFinite) ? value : undefined;
}

/** The number binding of a role; undefined when the tile binds something else. */
export function numberBinding(tile: Tile, role: string): NumberBinding | undefined {
  const binding = tile.bindings[role];
  return binding?.type === 'number' ? binding : undefined;
}

export const canCommand = (tile: Tile, role: string): boolean => tile.bindings[role]?.commandTopic !== undefined;
export const hasFeedback = (tile: Tile, role: string): boolean => tile.bindings[role]?.stateTopic !== undefined;

/** What to say about a role without a readable value: nothing came, or a message that fits no state. */
export function missingText(state: TileState, role: string, t: Translate<TileKey>): string {
  const problem = state.roles[role]?.problem;
  if (problem === undefined) return t('noValue');
  return problem.shown === undefined ? t('unreadable') : t('says', { value: cutText(problem.shown, 60) });
}

/** The newest message of a role could not be read: its last value is not the truth any more. */
export const isUnknown = (state: TileState, role: string): boolean => state.roles[role]?.problem !== undefined;

/** "On" inside a sentence; German keeps its capitals, since nouns need them. */
export const lowerFirst = (text: string, language: Language): string =>
  language === 'de' ? text : text.charAt(0).toLowerCase() + text.slice(1);

/** Joins what a screen reader says. */
export const joinSpoken = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(', ');

/** The icon somebody chose for this state, else the kind's own. */
export function iconOf(tile: Tile, own: { readonly off: string; readonly on?: string }, isActive: boolean): string {
  if (!isActive) return tile.icon ?? own.off;
  return tile.iconOn ?? tile.icon ?? own.on ?? own.off;
}

/** Where a control stands: where the finger left it until the device answers, then what the device says. */
export function standing(state: TileState, role: string): number | undefined {
  const asked = askedValue(state, role);
  return typeof asked === 'number' ? asked : numberOf(state, role);
}

/** Like `standing`, for colours. */
export function standingColor(state: TileState, role: string): Color | undefined {
  const asked = askedValue(state, role);
  return typeof asked === 'object' ? asked : colorOf(state, role);
}

/** What was sent to a role and is not answered yet. */
export function askedValue({ command }: TileState, role: string): Value | undefined {
  return command?.status === 'sent' && command.role === role ? command.value : undefined;
}
