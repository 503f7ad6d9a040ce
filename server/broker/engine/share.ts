import type { Connection } from './connection.ts';
import type { Core } from './core.ts';

/** So long what one client sends is handled at a stretch; then the others have their turn. */
const stretchMs = 5;
/** The clock is looked at after so many packets, and when all that came is handled. */
export const packetsPerLook = 16;

/**
 * Adds what a client has taken since to its share; when that is used up, the client rests until the others had their turn, and then
 * `goOn` is called. Without this one that floods us could keep all waiting: of one socket up to 2 MB are read before the next has its
 * turn, which may be a million packets. Returns what time it is.
 */
export const noteTaken = (core: Core, connection: Connection, sinceMs: number, goOn: () => void): number => {
  const nowMs = core.clock.now();
  connection.takenMs += Math.max(0, nowMs - sinceMs);
  if (connection.takenMs >= stretchMs && !connection.isResting && !connection.isEnding) {
    connection.rest();
    core.clock.endOfTurn(() => {
      connection.wake();
      goOn();
      if (!connection.isResting) connection.resume();
    });
  }
  return nowMs;
};
