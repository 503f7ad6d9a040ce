import type { PayloadJson } from '../../shared/api/contract.ts';

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes behind a payload that came as JSON. */
export function toBytes(payload: PayloadJson): Uint8Array {
  if (payload.base64 === undefined) return encoder.encode(payload.text ?? '');
  const binary = atob(payload.base64);
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** A payload as JSON can carry it: text when it is UTF-8, else base64. */
export function toPayloadJson(bytes: Uint8Array): PayloadJson {
  try {
    return { text: strict.decode(bytes) };
  } catch {
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { base64: btoa(binary) };
  }
}
