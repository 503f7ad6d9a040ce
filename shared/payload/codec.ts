import type { AvailabilityBinding, Binding } from '../house/binding.ts';
import { decodeBoolean, encodeBoolean } from './boolean.ts';
import { decodeColor, encodeColor } from './color-codec.ts';
import { isSameColor, type Color } from './color.ts';
import type { Decoded, Value } from './decoded.ts';
import { decodeNumber, encodeNumber, tolerance } from './number.ts';
import { fillTemplate, fillTextTemplate } from './template.ts';
import { asText, encodeUtf8, extract } from './text.ts';

/** Reads a payload with a binding. Never throws; cost grows with the payload, JSON above `maxJsonBytes` is refused. */
export function decode(binding: Binding, payload: Uint8Array): Decoded {
  switch (binding.type) {
    case 'boolean':
      return decodeBoolean(binding, payload);
    case 'number':
      return decodeNumber(binding, payload);
    case 'color':
      return decodeColor(binding, payload);
    case 'text':
      return decodeText(binding.path, payload);
  }
}

function decodeText(path: string | undefined, payload: Uint8Array): Decoded<string> {
  const found = extract(payload, path);
  return found.ok ? { ok: true, value: asText(found.value) } : found;
}

const isColor = (value: Value): value is Color => typeof value === 'object';

/** Why a value cannot be written with a binding: it has the wrong type. A bug of the caller, told as a value. */
export type Encoded =
  { readonly ok: true; readonly payload: Uint8Array; readonly text: string } | { readonly ok: false };

/** Writes the command payload of a value. `atMs` fills `{{ts}}`. */
export function encode(binding: Binding, value: Value, atMs: number): Encoded {
  const text = encodeText(binding, value, atMs);
  return text === undefined ? { ok: false } : { ok: true, text, payload: encodeUtf8(text) };
}

function encodeText(binding: Binding, value: Value, atMs: number): string | undefined {
  switch (binding.type) {
    case 'boolean': {
      if (typeof value !== 'boolean') return undefined;
      const whole = value ? binding.commandOn : binding.commandOff;
      return whole ?? fillTemplate(binding.template, encodeBoolean(binding, value), atMs);
    }
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? fillTemplate(binding.template, encodeNumber(binding, value), atMs)
        : undefined;
    case 'color':
      return isColor(value) ? fillTemplate(binding.template, encodeColor(binding, value), atMs) : undefined;
    case 'text':
      return typeof value === 'string' ? fillTextTemplate(binding.template, value, atMs) : undefined;
  }
}

/** Whether a reported value confirms the wanted one, within what the binding's scale, step and format can express. */
export function confirms(binding: Binding, wanted: Value, reported: Value): boolean {
  if (binding.type === 'number' && typeof wanted === 'number' && typeof reported === 'number') {
    return Math.abs(wanted - reported) <= tolerance(binding, wanted);
  }
  if (isColor(wanted) && isColor(reported)) {
    return isSameColor(wanted, reported, binding.type === 'color' && binding.format !== 'json-hs');
  }
  return wanted === reported;
}

const isOneOf = (alternatives: string, text: string): boolean =>
  alternatives.split('|').some((one) => one.trim().toLowerCase() === text);

/** Reads an availability payload; anything but the two words changes nothing. */
export function decodeAvailability(binding: AvailabilityBinding, payload: Uint8Array): boolean | undefined {
  const found = extract(payload, binding.path);
  if (!found.ok) return undefined;
  const text = asText(found.value).trim().toLowerCase();
  if (isOneOf(binding.online ?? 'online', text)) return true;
  return isOneOf(binding.offline ?? 'offline', text) ? false : undefined;
}
