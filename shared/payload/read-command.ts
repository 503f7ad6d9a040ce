import type { Binding } from '../house/binding.ts';
import { decode } from './codec.ts';
import type { Value } from './decoded.ts';
import { matchTemplate } from './template.ts';
import { decodeUtf8, encodeUtf8 } from './text.ts';

/**
 * What a command payload asks for: the way back from `encode`, for commands that others sent. `undefined`: not a command of this
 * binding. A payload in the shape of a report is read as one, because many devices take what they send.
 */
export function readCommand(binding: Binding, payload: Uint8Array): Value | undefined {
  const text = decodeUtf8(payload);
  if (text === undefined) return undefined;
  const whole = readWhole(binding, text);
  if (whole !== undefined) return whole;
  const part = matchTemplate(binding.template, text);
  const read = part === undefined ? undefined : decode({ ...binding, path: '' }, encodeUtf8(unescape(binding, part)));
  if (read?.ok) return read.value;
  const asReport = decode(binding, payload);
  return asReport.ok && (binding.path !== undefined || binding.type !== 'text') ? asReport.value : undefined;
}

/** `commandOn` and `commandOff` are whole payloads. */
function readWhole(binding: Binding, text: string): boolean | undefined {
  if (binding.type !== 'boolean') return undefined;
  if (binding.commandOn !== undefined && matchTemplate(binding.commandOn, text) !== undefined) return true;
  return binding.commandOff !== undefined && matchTemplate(binding.commandOff, text) !== undefined ? false : undefined;
}

/** A text inside a JSON template was escaped. */
function unescape(binding: Binding, part: string): string {
  if (binding.type !== 'text' || !/^\s*[{[]/.test(binding.template ?? '')) return part;
  try {
    const parsed: unknown = JSON.parse(`"${part}"`);
    return typeof parsed === 'string' ? parsed : part;
  } catch {
    return part;
  }
}
