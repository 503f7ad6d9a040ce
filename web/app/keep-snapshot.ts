import type { Snapshot } from '../../shared/api/contract.ts';
import { snapshotCache, snapshotPath, storedAtHeader } from './snapshot.ts';

/** Keeps the last values for the offline shell. Without HTTPS there is no cache and no offline shell: nothing happens. */
export async function keepSnapshot(snapshot: Snapshot, wallNowMs: number): Promise<void> {
  if (!('caches' in globalThis)) return;
  try {
    const cache = await caches.open(snapshotCache);
    const headers = { 'content-type': 'application/json', [storedAtHeader]: String(wallNowMs) };
    await cache.put(snapshotPath, new Response(JSON.stringify(snapshot), { headers }));
  } catch {
    // No room, or a private window: the offline shell shows what it has.
  }
}
