import type { Tile } from '../../../shared/house/house.ts';
import type { LookInput, TileLook } from '../define.ts';
import { canCommand, hasFeedback, iconOf, joinSpoken, lowerFirst, textOf } from '../parts/read.ts';
import type { ButtonOptions } from './options.ts';

/** What a button sends when nobody said what. */
export const defaultPayload = 'PRESS';

/** The text that is sent. A template without a place for the value is the whole message, so it is also what a report is compared with. */
export function payloadOf(tile: Tile, options: ButtonOptions): string {
  if (options.payload !== undefined) return options.payload;
  const template = tile.bindings['press']?.template;
  return template === undefined || template.includes('{{') ? defaultPayload : template;
}

/** Glazed for a moment after sending, or as long as the device reports exactly this message (a scene that holds). */
function isLit({ tile, options, state }: LookInput<ButtonOptions>): boolean {
  const isSent = state.command?.status === 'no-feedback' || state.command?.status === 'confirmed';
  return isSent || (hasFeedback(tile, 'press') && textOf(state, 'press') === payloadOf(tile, options));
}

export function buttonLook(input: LookInput<ButtonOptions>): TileLook {
  const { tile, options, t, language } = input;
  const lit = isLit(input);
  const caption = options.caption ?? '';
  return {
    level: lit ? 'on' : 'quiet',
    fill: tile.domain ?? 'glaze',
    icon: iconOf(tile, { off: 'gesture-tap-button' }, lit),
    hasBowl: true,
    stateText: caption,
    spoken: joinSpoken(caption, lit ? lowerFirst(t('on'), language) : undefined),
    role: 'button',
    tap: canCommand(tile, 'press')
      ? { type: 'send', role: 'press', value: payloadOf(tile, options) }
      : { type: 'details' },
  };
}
