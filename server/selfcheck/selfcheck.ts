import type { FindingLine, SelfCheckReply } from '../../shared/api/selfcheck.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { found, type Check, type CheckedHouse } from './check.ts';

/** The house rests so long between two checks that somebody asks for. */
export const restMs = 3_000;

/** Looks at the house when an owner asks, once at a time, and keeps the last report. */
export interface SelfCheck {
  state(): SelfCheckReply;
  /** Begins a check; one that runs is joined. */
  start(): Result<void, Problem>;
  /** Something was put right: looks again, without a rest. */
  startAgain(): void;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
  /** What runs ends early, and tells nobody. */
  dispose(): Promise<void>;
}

export interface SelfCheckParts {
  readonly checks: readonly Check[];
  readonly house: Omit<CheckedHouse, 'isOver'>;
  readonly nowMs: () => number;
  readonly onDone: () => void;
  /** A check that cannot look is a bug; the others go on. */
  readonly onError: (name: string, error: unknown) => void;
}

const tooSoon: Problem = { code: 'too-many-tries', message: 'The house was checked just now.' };

export function createSelfCheck({ checks, house, nowMs, onDone, onError }: SelfCheckParts): SelfCheck {
  let report: SelfCheckReply['report'];
  let running: Promise<void> | undefined;
  let isAgainDue = false;
  let isOver = false;
  const checked: CheckedHouse = { ...house, isOver: () => isOver };

  const look = async (check: Check): Promise<readonly FindingLine[]> => {
    try {
      return await check.look(checked);
    } catch (error) {
      onError(check.name, error);
      return [found('check-failed', { name: check.name })];
    }
  };
  const run = async (): Promise<void> => {
    do {
      isAgainDue = false;
      const lines: FindingLine[] = [];
      // One after the other: a house with slow storage has other things to do too.
      for (const check of checks) if (!isOver) lines.push(...(await look(check)));
      report = { atMs: nowMs(), lines };
    } while (isAgainDue && !isOver);
  };
  const begin = (): void => {
    running = run().finally(() => {
      running = undefined;
      if (!isOver) onDone();
    });
  };

  return {
    state: () => ({ serverNowMs: nowMs(), isRunning: running !== undefined, ...(report && { report }) }),
    start: () => {
      if (running) return ok(undefined);
      if (report && nowMs() - report.atMs < restMs) return fail(tooSoon);
      begin();
      return ok(undefined);
    },
    startAgain: () => {
      isAgainDue = true;
      if (!running) begin();
    },
    settled: () => running ?? Promise.resolve(),
    dispose: async () => {
      isOver = true;
      await running;
    },
  };
}
