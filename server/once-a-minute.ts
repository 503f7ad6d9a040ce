/** What keeps happening is told so often … */
const minuteMs = 60_000;
/** … for so many different things; the one that was told longest ago goes first. */
const maxRemembered = 1_000;

/** True for the first of each kind, then once in `everyMs`, however often it happens. */
export function createOnceIn(everyMs: number): (key: string, nowMs: number) => boolean {
  const toldAtMs = new Map<string, number>();
  return (key, nowMs) => {
    if (nowMs - (toldAtMs.get(key) ?? -Infinity) < everyMs) return false;
    toldAtMs.delete(key);
    toldAtMs.set(key, nowMs);
    const [oldest] = toldAtMs.keys();
    if (toldAtMs.size > maxRemembered && oldest !== undefined) toldAtMs.delete(oldest);
    return true;
  };
}

export const createOnceAMinute = (): ReturnType<typeof createOnceIn> => createOnceIn(minuteMs);
