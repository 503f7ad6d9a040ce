import type { ListedRule } from '../../shared/acl/standing.ts';
import { allowanceMs, maxAllowances, type Allowance } from '../../shared/api/allowances.ts';
import type { Subject } from '../../shared/api/people.ts';

const keyOf = ({ subject: { kind, id }, action, topic }: Allowance): string =>
  JSON.stringify([kind, id, action, topic]);

interface Given {
  readonly allowance: Allowance;
  readonly untilMs: number;
}

/** Ends are looked for so often. */
const lookEveryMs = 1_000;

export interface AllowancesParts {
  readonly nowMs: () => number;
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly onChanged: () => void;
}

/** What owners allow for a short while. Kept in memory only: after a restart everything is as closed as the rules say. */
export function createAllowances({ nowMs, every, onChanged }: AllowancesParts) {
  const given = new Map<string, Given>();
  const isOver = ({ untilMs }: Given): boolean => untilMs <= nowMs();
  const clean = (): void => {
    const over = [...given].filter(([, one]) => isOver(one));
    over.forEach(([key]) => given.delete(key));
    if (over.length > 0) onChanged();
  };
  const stop = every(lookEveryMs, clean);
  return {
    /** Until when it holds; `undefined`: there are as many as there may be. The same once more begins anew. */
    allow: (allowance: Allowance): number | undefined => {
      const key = keyOf(allowance);
      if (given.size >= maxAllowances && !given.has(key)) return undefined;
      const untilMs = nowMs() + allowanceMs;
      given.set(key, { allowance, untilMs });
      onChanged();
      return untilMs;
    },
    /** False: there was none. */
    disallow: (allowance: Allowance): boolean => {
      const wasGiven = given.delete(keyOf(allowance));
      if (wasGiven) onChanged();
      return wasGiven;
    },
    of: ({ kind, id }: Subject): readonly ListedRule[] =>
      [...given.values()].flatMap(({ allowance: { subject, action, topic }, untilMs }) =>
        subject.kind === kind && subject.id === id
          ? [{ access: action === 'send' ? 'write' : 'read', filter: topic, untilMs } as const]
          : [],
      ),
    dispose: stop,
  };
}
export type Allowances = ReturnType<typeof createAllowances>;
