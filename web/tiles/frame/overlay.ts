import type { Tile } from '../../../shared/house/house.ts';
import type { CommandState, RoleState, TileState } from '../../../shared/tile/state.ts';
import type { Translate } from '../../text/define.ts';
import type { FrameKey } from '../../text/frame.ts';
import type { AnyTileKind, TileLook } from '../define.ts';
import { ageText } from './age.ts';

export type Badge = 'failed' | 'refused' | 'unavailable' | 'unknown' | 'view-only' | 'old';

/** What the frame lays over a kind's look. */
export interface Overlay {
  readonly base: 'live' | 'connecting' | 'offline' | 'unavailable' | 'empty';
  /** At most one, by priority. */
  readonly badge?: Badge | undefined;
  readonly badgeText?: string | undefined;
  /** 2 px outline: target = the colour it is about to get. */
  readonly outline?: 'target' | 'alarm' | 'mangan' | undefined;
  /** The ring turns round the bowl. */
  readonly isPending: boolean;
  /** Replaces the kind's state text. */
  readonly stateText?: string | undefined;
  readonly tone?: 'alarm' | 'mangan' | 'faint' | undefined;
  /** False = no bowl: looking only. */
  readonly isOperable: boolean;
  /** Further words for screen readers. */
  readonly spoken: readonly string[];
}

export interface OverlayInput {
  readonly tile: Tile;
  readonly kind: AnyTileKind;
  readonly look: TileLook;
  readonly state: TileState;
  /** The command whose 120 ms have passed. */
  readonly shownCommandId: number | undefined;
  readonly t: Translate<FrameKey>;
}

type Part = Partial<Overlay>;

/** Lays pending, failure, availability, age and view-only over a look. The first rule that speaks sets the words. */
export function overlay(input: OverlayInput): Overlay {
  const { state, look } = input;
  const base = baseOf(input);
  const isOperable = look.hasBowl && !state.isViewOnly;
  const parts = [command(input), availability(input, base), problem(input), viewOnly(input), age(input, base)];
  const first = <Key extends keyof Overlay>(key: Key): Overlay[Key] | undefined =>
    parts.find((part) => part[key] !== undefined)?.[key];
  const words = parts.flatMap((part) => part.spoken ?? []);
  return {
    base,
    isOperable,
    isPending: first('isPending') ?? false,
    spoken: [...words, ...linkWords(input, base)],
    badge: first('badge'),
    badgeText: first('badge') === 'old' ? first('badgeText') : undefined,
    outline: first('outline'),
    stateText: first('stateText'),
    tone: first('tone'),
  };
}

function linkWords({ state, t }: OverlayInput, base: Overlay['base']): string[] {
  if (base === 'offline') return [t('offline')];
  return state.isConnecting || base === 'connecting' ? [t('connecting')] : [];
}

const hasState = (tile: Tile): boolean => Object.values(tile.bindings).some((one) => one.stateTopic !== undefined);

function baseOf({ state, tile }: OverlayInput): Overlay['base'] {
  const isEmpty = state.freshness === 'none' && hasState(tile);
  if (!state.isLive && isEmpty) return 'connecting';
  // What came with the page is true until the link is lost.
  if (!state.isLive && !state.isConnecting) return 'offline';
  if (!state.isAvailable) return 'unavailable';
  return isEmpty ? 'empty' : 'live';
}

function command(input: OverlayInput): Part {
  const { state, t } = input;
  const { command: one } = state;
  switch (one?.status) {
    case 'sent':
      return one.id === input.shownCommandId ? pending(input, one) : {};
    case 'no-feedback':
      return { outline: 'target', ...speaking(t('sent')) };
    case 'not-confirmed':
      return { outline: 'alarm', tone: 'alarm', badge: 'failed', ...speaking(failureText(one, t), t('tryAgain')) };
    case 'not-sent':
      return { outline: 'alarm', tone: 'alarm', badge: 'failed', ...speaking(failureText(one, t)) };
    case 'refused':
      return { outline: 'mangan', tone: 'mangan', badge: 'refused', ...speaking(failureText(one, t)) };
    case 'confirmed':
    case undefined:
      return {};
  }
}

const pending = (input: OverlayInput, one: CommandState): Part => ({
  outline: 'target',
  isPending: true,
  ...speaking(pendingText(input, one)),
});

const speaking = (text: string, ...more: readonly string[]): Part => ({ stateText: text, spoken: [text, ...more] });

/** What a command that got nowhere says of itself; of others nothing. */
export function failureText(one: CommandState, t: Translate<FrameKey>): string {
  if (one.status === 'not-confirmed') return t('noAnswer');
  if (one.status === 'not-sent') return t('notSent', { reason: reason(one, t) });
  return one.status === 'refused' ? reason(one, t) : '';
}

function reason({ reason: why, againAt }: CommandState, t: Translate<FrameKey>): string {
  if (againAt !== undefined) return t('again', { time: againAt });
  return why ? t(`reason-${why}`) : t('refused');
}

function pendingText({ look, t }: OverlayInput, { role, value }: CommandState): string {
  const own = look.sending?.(role, value);
  if (own !== undefined) return own;
  if (typeof value === 'boolean' && look.role === 'switch') return t(value ? 'turningOn' : 'turningOff');
  if (typeof value === 'number' && look.drag?.role === role) return t('setting', { value: look.drag.text(value) });
  return t('sending');
}

function availability({ t }: OverlayInput, base: Overlay['base']): Part {
  if (base === 'unavailable') return { badge: 'unavailable', ...speaking(t('unavailable')) };
  if (base === 'empty') return { tone: 'faint', ...speaking(t('noValue')) };
  return {};
}

/** The role a tile is about: what a tap sends, else the first one that reports. */
function mainRole({ look, kind, state }: OverlayInput): RoleState | undefined {
  const role = look.tap.type === 'send' ? look.tap.role : Object.keys(kind.roles).find((name) => state.roles[name]);
  return role === undefined ? undefined : state.roles[role];
}

function problem(input: OverlayInput): Part {
  const found = mainRole(input)?.problem;
  if (!found) return {};
  const { t } = input;
  const text = found.shown === undefined ? t('unreadable') : t('says', { value: found.shown });
  return { badge: 'unknown', ...speaking(text) };
}

function viewOnly({ state, look, t }: OverlayInput): Part {
  return state.isViewOnly && look.hasBowl ? { badge: 'view-only', spoken: [t('viewOnly')] } : {};
}

function age({ state, t }: OverlayInput, base: Overlay['base']): Part {
  if (state.freshness !== 'old' || state.ageMs === undefined || base === 'offline') return {};
  const text = ageText(state.ageMs, t);
  return { badge: 'old', badgeText: text, spoken: [t('old', { age: text })] };
}
