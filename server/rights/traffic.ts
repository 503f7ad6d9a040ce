import { maxSeenTopics, type UsedTopic } from '../../shared/api/people.ts';

/** Topics that are remembered per device and list; then the one that was seen first goes. */
const maxRemembered = 2 * maxSeenTopics;
/** Longer names are legal, but nobody makes a rule of them. */
const maxTopicLength = 512;

type Access = UsedTopic['access'];

interface Seen {
  readonly filter: string;
  readonly access: Access;
  count: number;
  lastAtMs: number;
}
type SeenList = Record<Access, Map<string, Seen>>;

/** What devices used and what they were refused, since the server started. In memory. */
export interface Traffic {
  used(deviceId: string, access: Access, filter: string, atMs: number): void;
  refused(deviceId: string, access: Access, filter: string, atMs: number): void;
  of(deviceId: string): { readonly used: readonly UsedTopic[]; readonly refused: readonly UsedTopic[] };
  forget(deviceId: string): void;
}

const emptyList = (): SeenList => ({ read: new Map(), write: new Map() });

function note(list: Map<string, Seen>, access: Access, filter: string, atMs: number): void {
  const seen = list.get(filter);
  if (seen) {
    seen.count += 1;
    seen.lastAtMs = atMs;
    return;
  }
  if (filter.length > maxTopicLength) return;
  list.set(filter, { filter, access, count: 1, lastAtMs: atMs });
  const [oldest] = list.keys();
  if (list.size > maxRemembered && oldest !== undefined) list.delete(oldest);
}

const shown = (list: SeenList | undefined, order: (first: Seen, second: Seen) => number): readonly UsedTopic[] =>
  list ? [...list.write.values(), ...list.read.values()].sort(order).slice(0, maxSeenTopics) : [];

export function createTraffic(): Traffic {
  const used = new Map<string, SeenList>();
  const refused = new Map<string, SeenList>();
  const listOf = (lists: Map<string, SeenList>, deviceId: string): SeenList => {
    let list = lists.get(deviceId);
    if (!list) {
      list = emptyList();
      lists.set(deviceId, list);
    }
    return list;
  };
  // On the path of every message: no argument is gathered into a list on the way.
  return {
    used: (deviceId, access, filter, atMs) => note(listOf(used, deviceId)[access], access, filter, atMs),
    refused: (deviceId, access, filter, atMs) => note(listOf(refused, deviceId)[access], access, filter, atMs),
    of: (deviceId) => ({
      used: shown(used.get(deviceId), (first, second) => second.count - first.count),
      refused: shown(refused.get(deviceId), (first, second) => second.lastAtMs - first.lastAtMs),
    }),
    forget: (deviceId) => {
      used.delete(deviceId);
      refused.delete(deviceId);
    },
  };
}
