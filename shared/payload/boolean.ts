import type { BooleanBinding } from '../house/binding.ts';
import type { Decoded } from './decoded.ts';
import { asText, extract, shorten } from './text.ts';

const alternatives = (payloads: string): string[] => payloads.split('|').map((text) => text.trim());

/** Payloads of a boolean binding: the first alternative is the one that is sent. */
export const onPayloads = (binding: Pick<BooleanBinding, 'on'>): string[] => alternatives(binding.on ?? 'ON');
export const offPayloads = (binding: Pick<BooleanBinding, 'off'>): string[] => alternatives(binding.off ?? 'OFF');

/** Reads on or off; exact spelling wins, then spelling without case. Anything else is `unknown-value` and shows itself. */
export function decodeBoolean(binding: BooleanBinding, payload: Uint8Array): Decoded<boolean> {
  const found = extract(payload, binding.path);
  if (!found.ok) return found;
  const text = asText(found.value).trim();
  const on = onPayloads(binding);
  const off = offPayloads(binding);
  if (on.includes(text)) return { ok: true, value: true };
  if (off.includes(text)) return { ok: true, value: false };
  const lower = text.toLowerCase();
  const isOn = on.some((one) => one.toLowerCase() === lower);
  const isOff = off.some((one) => one.toLowerCase() === lower);
  if (isOn !== isOff) return { ok: true, value: isOn };
  return text === '' ? { ok: false, error: 'no-value' } : { ok: false, error: 'unknown-value', shown: shorten(text) };
}

/** The word for on or off as the device knows it, before the template. */
export const encodeBoolean = (binding: BooleanBinding, value: boolean): string =>
  (value ? onPayloads(binding)[0] : offPayloads(binding)[0]) ?? '';
