import type { LogEntry, LogReply } from '../../../shared/api/logbook.ts';
import type { Api, Query } from '../../app/api.ts';

/** Entries that one request brings. */
const pageSize = 50;
/** How often an open log looks for news; it is no stream. */
const lookEveryMs = 5_000;

export interface LogQuery {
  readonly by?: 'people' | 'devices';
  readonly kind?: 'refused' | 'access';
  readonly tile?: string;
  readonly actor?: string;
  readonly search?: string;
}

/** `{ by: 'people' }` as the server takes it, without what is absent. */
export const queryOf = (query: LogQuery): Query =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));

export interface LogView {
  readonly reply: LogReply | undefined;
  readonly entries: readonly LogEntry[];
  readonly hasMore: boolean;
  readonly hasFailed: boolean;
  loadOlder(): void;
  reload(): void;
}

/** The newest page and, behind it, what had been loaded before. */
function joined(newest: readonly LogEntry[], older: readonly LogEntry[]): readonly LogEntry[] {
  const lastId = newest.at(-1)?.id ?? Infinity;
  return [...newest, ...older.filter(({ id }) => id < lastId)];
}

/** Follows the newest entries of a query and takes older ones on demand. Call while a component initialises. */
export function followLog(api: Api, query: () => LogQuery): LogView {
  let reply = $state.raw<LogReply>();
  let older = $state.raw<readonly LogEntry[]>([]);
  let hasOlder = $state(true);
  let hasFailed = $state(false);
  let asked = $state(0);

  const getPage = (current: LogQuery, before?: number) =>
    api.get<LogReply>('/api/log', { ...queryOf(current), limit: pageSize, before });
  const load = async (current: LogQuery, isCurrent: () => boolean): Promise<void> => {
    const result = await getPage(current);
    if (!isCurrent()) return;
    hasFailed = !result.ok;
    if (result.ok) reply = result.value;
  };
  // Reaches outside: the log comes from the server, anew for each query and then now and again.
  $effect(() => {
    void asked;
    const current = query();
    let isCurrent = true;
    older = [];
    hasOlder = true;
    reply = undefined;
    void load(current, () => isCurrent);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void load(current, () => isCurrent);
    }, lookEveryMs);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  });
  const entries = $derived(joined(reply?.entries ?? [], older));

  const loadOlder = async (): Promise<void> => {
    const before = entries.at(-1)?.id;
    if (before === undefined) return;
    const result = await getPage(query(), before);
    hasFailed = !result.ok;
    if (!result.ok) return;
    older = [...entries, ...result.value.entries];
    hasOlder = result.value.hasMore;
  };

  return {
    get reply() {
      return reply;
    },
    get entries() {
      return entries;
    },
    get hasMore() {
      return older.length > 0 ? hasOlder : (reply?.hasMore ?? false);
    },
    get hasFailed() {
      return hasFailed;
    },
    loadOlder: () => void loadOlder(),
    reload: () => {
      asked += 1;
    },
  };
}
