import type { Snapshot } from '../../shared/api/contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readReply } from './api.ts';
import type { Failure } from './failure.ts';

export const snapshotPath = '/api/snapshot';
/** Cache that the service worker falls back to, and its mark on what comes from there. */
export const snapshotCache = 'kachel-snapshot';
export const storedAtHeader = 'x-kachel-stored-at';
/** Asks the service worker for the truth or nothing. */
export const freshHeader = 'x-kachel-fresh';

export interface FirstSnapshot {
  readonly snapshot: Snapshot;
  /** How long ago the server made it, ms. More than 0 only when it comes from the offline shell. */
  readonly ageMs: number;
  readonly isStored: boolean;
}

/** Reads the reply that index.html asked for before any module ran. */
export async function readFirst(reply: Promise<Response>, wallNowMs: number): Promise<Result<FirstSnapshot, Failure>> {
  let storedAtMs: number | undefined;
  const result = await readReply<Snapshot>(
    reply.then((response) => {
      const header = response.headers.get(storedAtHeader);
      if (header !== null) storedAtMs = Number(header);
      return response;
    }),
  );
  if (!result.ok) return result;
  const isStored = storedAtMs !== undefined && Number.isFinite(storedAtMs);
  const ageMs = isStored ? Math.max(0, wallNowMs - (storedAtMs ?? 0)) : 0;
  return ok({ snapshot: result.value, ageMs, isStored });
}

/** After logout nobody reads the last values from this phone. */
export async function forgetSnapshot(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(snapshotCache);
}
