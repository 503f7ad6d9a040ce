/** What keeps happening is told so often … */
const tellEveryMs = 60_000;
/** … for so many different things; the one that was told longest ago goes first. */
const maxRemembered = 1_000;

/** True for the first of each kind, then once a minute, however often it happens. */
export function createOnceAMinute(): (key: string, nowMs: number) => boolean {
  const toldAtMs = new Map<string, number>();
  return (key, nowMs) => {
    if (nowMs - (toldAtMs.get(key) ?? -Infinity) < tellEveryMs) return false;
    toldAtMs.delete(key);
    toldAtMs.set(key, nowMs);
    const [oldest] = toldAtMs.keys();
    if (toldAtMs.size > maxRemembered && oldest !== undefined) toldAtMs.delete(oldest);
    return true;
  };
}
