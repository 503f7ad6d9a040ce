import type { Tile } from '../../shared/house/house.ts';
import type { Environment } from './environment.ts';

/** Thins what a dragging finger sends: at most one command per interval, always the newest, and the final one at once. */
export interface Thinner {
  pass(tile: Tile, order: { readonly role: string; readonly phase: 'live' | 'final' }, send: () => void): void;
}

interface Gate {
  /** The newest command that waits for the interval to end. */
  next: (() => void) | undefined;
  stop: () => void;
}

export function createThinner(environment: Pick<Environment, 'after'>): Thinner {
  const gates = new Map<string, Gate>();

  const open = (key: string, intervalMs: number): void => {
    const gate: Gate = { next: undefined, stop: () => undefined };
    gate.stop = environment.after(intervalMs, () => {
      gates.delete(key);
      if (!gate.next) return;
      gate.next();
      open(key, intervalMs);
    });
    gates.set(key, gate);
  };

  return {
    pass: (tile, order, send) => {
      const key = `${tile.id} ${order.role}`;
      const gate = gates.get(key);
      if (order.phase === 'final') {
        gate?.stop();
        gates.delete(key);
        send();
        return;
      }
      // Only tiles set to live publish while dragging.
      if (!tile.live) return;
      if (gate) {
        gate.next = send;
        return;
      }
      send();
      open(key, tile.live.intervalMs);
    },
  };
}
