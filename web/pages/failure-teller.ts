import { getApp, getToasts } from '../app/context.ts';
import type { Failure } from '../app/failure.ts';
import { problemText } from '../text/problem.ts';

/** Tells what did not work in one sentence at the lower edge. Call while a component initialises. */
export function failureTeller(): (failure: Failure) => void {
  const app = getApp();
  const toasts = getToasts();
  return (failure) => toasts.show({ text: problemText(failure, app.language), isUrgent: true });
}
