import type { TileLook } from '../define.ts';
import type { Overlay } from './overlay.ts';
import type { Arrangement } from './read-tile.ts';

/** What a tile's face shows, decided from look and overlay. */
export interface Face {
  /** `bowl`: bowl beside name and state; `plain`: small icon in the line of the name, as on sensors. */
  readonly head: 'bowl' | 'plain';
  readonly hasBowl: boolean;
  readonly iconSize: number;
  /** Under the name; '' = none. */
  readonly state: string;
  readonly value?: { readonly text: string; readonly unit?: string; readonly isFaint: boolean };
  /** In place of the value: "No value yet". */
  readonly words: string;
  readonly isWaiting: boolean;
}

interface FaceInput {
  readonly look: TileLook;
  readonly laid: Overlay;
  readonly arrangement: Arrangement;
  /** State line while a finger drags. */
  readonly dragText: string | undefined;
}

export function faceOf(input: FaceInput): Face {
  const { look, laid, arrangement } = input;
  const isPlain = arrangement === 'reading' || (arrangement === 'tall' && !look.hasBowl);
  const value = isPlain || arrangement === 'tall' ? valueOf(look, laid) : undefined;
  return {
    head: isPlain ? 'plain' : 'bowl',
    hasBowl: look.hasBowl && !isPlain && (laid.isOperable || laid.base === 'unavailable'),
    iconSize: iconSize(look, arrangement, isPlain),
    isWaiting: laid.base === 'connecting',
    ...placeText(input, isPlain && !look.hasBowl, value !== undefined),
    ...(value ? { value } : {}),
  };
}

/** On a sensor the number speaks; words stand in its place when there is none, and beside it only when something is wrong. */
function placeText(input: FaceInput, isSensor: boolean, hasValue: boolean): Pick<Face, 'state' | 'words'> {
  const text = textOf(input);
  if (!isSensor) return { state: text, words: '' };
  if (!hasValue) return { state: '', words: text };
  const isShown = input.arrangement === 'tall' || input.laid.stateText !== undefined;
  return { state: isShown ? text : '', words: '' };
}

function textOf({ laid, look, dragText }: FaceInput): string {
  if (laid.base === 'connecting') return '';
  return dragText ?? laid.stateText ?? look.stateText;
}

/** No number where none is known, or where the last one says nothing any more. */
function valueOf(look: TileLook, { base }: Overlay): Face['value'] {
  if (!look.value || base === 'empty' || base === 'unavailable' || base === 'connecting') return undefined;
  // "Off" where a number would stand.
  const isFaint = look.level === 'quiet' && look.hasBowl && look.value.unit === undefined;
  return { ...look.value, isFaint };
}

function iconSize(look: TileLook, arrangement: Arrangement, isPlain: boolean): number {
  if (arrangement === 'small') return look.hasBowl ? 19 : 22;
  return isPlain ? 19 : 22;
}
