import type { TilePlan } from './define.ts';

const plans = import.meta.glob<TilePlan>('./*/plan.ts', { eager: true, import: 'plan' });

/** The plan of a kind in the registry; a kind's folder has its name. */
export function planOf(kind: string): TilePlan {
  const plan = plans[`./${kind}/plan.ts`];
  if (!plan) throw new Error(`No plan for the kind ${kind}`);
  return plan;
}
