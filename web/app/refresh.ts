import type { Snapshot } from '../../shared/api/contract.ts';
import { endsLogin, readReply } from './api.ts';
import { freshHeader, snapshotPath } from './snapshot.ts';
import type { Failure } from './failure.ts';
import type { Result } from '../../shared/result.ts';

/** Fetches a fresh snapshot; never answers from the offline store. */
const fetchFresh = (fetch: typeof globalThis.fetch, timeoutMs: number): Promise<Result<Snapshot, Failure>> =>
  readReply<Snapshot>(
    fetch(snapshotPath, {
      credentials: 'same-origin',
      headers: { [freshHeader]: '1' },
      signal: AbortSignal.timeout(timeoutMs),
    }),
  );

const refreshTimeoutMs = 10_000;

export interface RefreshOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly monotonicMs: () => number;
  /** `ageMs` = how long ago the server made it, as far as the way took. */
  readonly onSnapshot: (snapshot: Snapshot, ageMs: number) => void;
  readonly onLoginEnded: () => void;
}

/** One request at a time; a wish that comes meanwhile runs once more afterwards. */
export function createRefresh(options: RefreshOptions): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isAgainDue = false;

  const run = async (): Promise<void> => {
    do {
      isAgainDue = false;
      const beganMs = options.monotonicMs();
      const result = await fetchFresh(options.fetch, refreshTimeoutMs);
      if (result.ok) options.onSnapshot(result.value, (options.monotonicMs() - beganMs) / 2);
      else if (endsLogin(result.error.code)) options.onLoginEnded();
    } while (isAgainDue);
  };

  return () => {
    if (running) {
      isAgainDue = true;
      return running;
    }
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
}
