import type { Clock } from '../broker/engine/clock.ts';

/** Pages look again at most this often, however many devices come and go. */
export const announceEveryMs = 1_000;

/** Lets the first call through at once and gathers the rest; returns the throttled call and dispose. */
export function throttled(run: () => void, clock: Clock): { readonly call: () => void; readonly dispose: () => void } {
  let isDue = false;
  let lastMs = -Infinity;
  const stop = clock.every(announceEveryMs, () => {
    if (isDue) now();
  });
  const now = (): void => {
    isDue = false;
    lastMs = clock.now();
    run();
  };
  return {
    call: () => {
      if (clock.now() - lastMs >= announceEveryMs) now();
      else isDue = true;
    },
    dispose: stop,
  };
}
