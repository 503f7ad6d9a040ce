import type { TileState } from '../../../shared/tile/state.ts';
import type { LookInput, TileLook } from '../define.ts';
import { cutText, iconOf, lowerFirst, missingText, textOf } from '../parts/read.ts';
import type { TextOptions } from './options.ts';

/** The text to show, with the person's own word where there is one. */
export function shownText(state: TileState, options: TextOptions): string | undefined {
  const text = textOf(state, 'value');
  if (text === undefined) return undefined;
  return Object.hasOwn(options.words, text) ? options.words[text] : text;
}

export function textLook(input: LookInput<TextOptions>): TileLook {
  const { tile, options, state, t, language } = input;
  const text = shownText(state, options);
  const missing = text === undefined ? missingText(state, 'value', t) : '';
  return {
    level: 'quiet',
    fill: tile.domain ?? 'glaze',
    icon: iconOf(tile, { off: 'text-box-outline' }, false),
    hasBowl: false,
    stateText: missing,
    spoken: text === undefined ? lowerFirst(missing, language) : text.trim() === '' ? t('empty') : cutText(text),
    role: 'group',
    tap: { type: 'details' },
  };
}
