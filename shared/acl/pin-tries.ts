/** Wrong tries that only cost a try. */
export const freePinTries = 5;
const minuteMs = 60_000;
/** How long nothing is tried after the last free try, and after each further one; the last counts for all that follow. */
const lockMinutes = [1, 5, 30] as const;

/** How long a person waits after so many wrong tries in a row. */
export function lockAfterMs(wrongTries: number): number {
  const step = wrongTries - freePinTries;
  if (step < 0) return 0;
  return (lockMinutes[step] ?? lockMinutes[lockMinutes.length - 1] ?? 0) * minuteMs;
}

/** How many tries are left until the next wait. */
export const triesLeft = (wrongTries: number): number => Math.max(1, freePinTries - wrongTries);
