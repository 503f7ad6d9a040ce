import type { TurnedAway } from '../../shared/api/contract.ts';
import type { EngineEvent } from '../broker/engine/engine.ts';

type TurnedAwayEvent = Extract<EngineEvent, { type: 'turned-away' }>;

/** Different clients that are remembered; the one that was quiet longest goes first. */
export const maxTurnedAway = 100;

/** Clients that were not let in, for the person who wonders why a device does not appear. */
export interface TurnedAwayList {
  note(event: TurnedAwayEvent): void;
  /** That this client is turned away is no news. Returns dispose. */
  readonly overlook: (clientId: string) => () => void;
  /** Forgets what concerns a device that now exists or got another password. */
  forget(username: string): void;
  /** Newest first. */
  list(): TurnedAway[];
}

export function createTurnedAwayList(): TurnedAwayList {
  const entries = new Map<string, TurnedAway>();
  const overlooked = new Set<string>();
  return {
    note: ({ clientId, username, remoteAddress: address, reason, atMs }) => {
      if (overlooked.has(clientId)) return;
      const key = JSON.stringify([clientId, username, address, reason]);
      const count = (entries.get(key)?.count ?? 0) + 1;
      entries.delete(key);
      entries.set(key, { clientId, address, reason, atMs, count, ...(username === undefined ? {} : { username }) });
      const [oldest] = entries.keys();
      if (entries.size > maxTurnedAway && oldest !== undefined) entries.delete(oldest);
    },
    overlook: (clientId) => {
      overlooked.add(clientId);
      return () => void overlooked.delete(clientId);
    },
    forget: (username) => {
      for (const [key, entry] of entries) if (entry.username === username) entries.delete(key);
    },
    list: () => [...entries.values()].reverse(),
  };
}
