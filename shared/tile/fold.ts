import type { RoleRanges } from '../api/limits.ts';
import type { AvailabilityBinding, Binding } from '../house/binding.ts';
import type { Tile, Way } from '../house/house.ts';
import { decode, decodeAvailability } from '../payload/codec.ts';
import type { CommandState, Freshness, RoleState, TileState } from './state.ts';

/** The last message of a topic, as the fold needs it. */
export interface TopicMessage {
  readonly payload: Uint8Array;
  /** Server time, ms. */
  readonly atMs: number;
  readonly usualIntervalMs?: number;
}

/** A value is old after this many usual intervals … */
export const staleFactor = 2.5;
/** … but never sooner than this: a device that reports every second may pause. */
export const minStaleMs = 60_000;

/**
 * Lays one message over what a role knew. A JSON message that does not speak of this role (path not found) changes nothing
 * once a value is known: many devices send several shapes on one topic.
 */
export function foldRole(previous: RoleState | undefined, binding: Binding, message: TopicMessage): RoleState {
  const decoded = decode(binding, message.payload);
  if (decoded.ok) return { value: decoded.value, atMs: message.atMs };
  const hasValue = previous?.value !== undefined;
  if (hasValue && decoded.error === 'path-not-found') return previous;
  const problem = decoded.shown === undefined ? { code: decoded.error } : { code: decoded.error, shown: decoded.shown };
  const zone = previous?.zone === undefined ? {} : { zone: previous.zone };
  return { ...(hasValue ? { value: previous.value } : {}), ...zone, problem, atMs: message.atMs };
}

/** What an availability topic says; absent binding or no message = available. */
export interface AvailabilityState {
  readonly isAvailable: boolean;
  readonly sinceMs?: number;
}

export function foldAvailability(
  previous: AvailabilityState | undefined,
  binding: AvailabilityBinding,
  message: TopicMessage,
): AvailabilityState {
  const isAvailable = decodeAvailability(binding, message.payload);
  if (isAvailable === undefined) return previous ?? { isAvailable: true };
  if (previous?.isAvailable === isAvailable && previous.sinceMs !== undefined) return previous;
  return { isAvailable, sinceMs: message.atMs };
}

export interface TileInput {
  readonly tile: Tile;
  readonly roles: Readonly<Record<string, RoleState>>;
  readonly availability?: AvailabilityState;
  /** Usual interval of the topic that reported last. */
  readonly usualIntervalMs?: number;
  readonly command?: CommandState;
  /** Server's clock. */
  readonly nowMs: number;
  readonly isLive: boolean;
  /** See `TileState`. */
  readonly isConnecting?: boolean;
  /** What the person may do with it, as far as it is less than everything. */
  readonly rights?: TileRights | undefined;
}

export interface TileRights {
  readonly isViewOnly: boolean;
  readonly needsHold: boolean;
  readonly ranges?: RoleRanges | undefined;
  /** For which way the PIN is asked for. */
  readonly pin?: Way | undefined;
}

/** Everything a tile needs to draw itself. */
export function tileState(input: TileInput): TileState {
  const newest = newestMs(input.roles);
  const isAvailable = input.availability?.isAvailable ?? true;
  const since = isAvailable ? undefined : input.availability?.sinceMs;
  return {
    roles: input.roles,
    isAvailable,
    ...(since === undefined ? {} : { unavailableSinceMs: since }),
    freshness: freshness(input, newest),
    ...(newest === undefined ? {} : { ageMs: Math.max(0, input.nowMs - newest) }),
    ...(input.command ? { command: input.command } : {}),
    isLive: input.isLive,
    ...(input.isConnecting ? { isConnecting: true } : {}),
    isViewOnly: mayOnlyLook(input),
    ...askingOf(input.rights),
    ...(input.rights?.ranges ? { ranges: input.rights.ranges } : {}),
  };
}

/** What comes before a command. */
const askingOf = ({ needsHold, pin }: Partial<TileRights> = {}): Pick<TileState, 'needsHold' | 'pin'> => ({
  ...(needsHold ? { needsHold } : {}),
  ...(pin ? { pin } : {}),
});

const mayOnlyLook = ({ tile, rights }: TileInput): boolean =>
  tile.viewOnly === true || rights?.isViewOnly === true || !hasCommand(tile);

const newestMs = (roles: Readonly<Record<string, RoleState>>): number | undefined => {
  const times = Object.values(roles).flatMap((role) => (role.atMs === undefined ? [] : [role.atMs]));
  return times.length === 0 ? undefined : Math.max(...times);
};

function freshness(input: TileInput, newest: number | undefined): Freshness {
  if (newest === undefined) return 'none';
  const limit = staleAfterMs(input.tile, input.usualIntervalMs);
  return limit !== undefined && input.nowMs - newest > limit ? 'old' : 'fresh';
}

/** Age in ms after which a tile's value looks old; `undefined` = never. */
export function staleAfterMs(tile: Tile, usualIntervalMs: number | undefined): number | undefined {
  if (tile.staleAfterSeconds === 0) return undefined;
  if (tile.staleAfterSeconds !== undefined) return tile.staleAfterSeconds * 1_000;
  return usualIntervalMs === undefined ? undefined : Math.max(minStaleMs, usualIntervalMs * staleFactor);
}

const hasCommand = (tile: Tile): boolean => Object.values(tile.bindings).some((one) => one.commandTopic !== undefined);

/** Every topic a tile listens to, without repeats. */
export function stateTopics(tile: Tile): string[] {
  const topics = Object.values(tile.bindings).flatMap((one) => (one.stateTopic === undefined ? [] : [one.stateTopic]));
  return [...new Set(tile.availability ? [...topics, tile.availability.topic] : topics)];
}

/** Every topic a tile is bound to, commands included. */
export function boundTopics(tile: Tile): string[] {
  const commands = Object.values(tile.bindings).flatMap((one) =>
    one.commandTopic === undefined ? [] : [one.commandTopic],
  );
  return [...new Set([...stateTopics(tile), ...commands])];
}
