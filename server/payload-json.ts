import { TextDecoder } from 'node:util';
import type { PayloadJson } from '../shared/api/contract.ts';

/** UTF-8 text, or `undefined`; a cut may fall inside the last character, which is then left out. */
function asText(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/** A payload as JSON replies carry it. `sizeBytes` is its whole size when `bytes` is only the beginning. */
export function toPayloadJson(bytes: Uint8Array, sizeBytes = bytes.length): PayloadJson {
  const isCut = sizeBytes > bytes.length;
  const text = asText(bytes, isCut);
  const content = text === undefined ? { base64: Buffer.from(bytes).toString('base64') } : { text };
  return isCut ? { ...content, cutFromBytes: sizeBytes } : content;
}

/** A copy of at most `maxBytes`: payloads of the broker are views into buffers that it uses again. */
export const cutPayload = (payload: Uint8Array, maxBytes: number): Buffer =>
  Buffer.from(payload.length > maxBytes ? payload.subarray(0, maxBytes) : payload);
