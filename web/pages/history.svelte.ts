import type { HistoryReply } from '../../shared/api/contract.ts';
import { maxHistoryTiles } from '../../shared/api/names.ts';
import type { Api } from '../app/api.ts';

/** Which history a page shows now. */
export interface HistoryAsk {
  readonly tileIds: readonly string[];
  readonly hours: number;
}

/**
 * The recorded points of some tiles, asked for anew every minute of the server's clock while the page is open. Failures leave the last reply:
 * the banner already tells that the link is lost. Call while a component initialises.
 */
export function followHistory(api: Api, nowMs: () => number, ask: () => HistoryAsk): { readonly reply: HistoryReply } {
  let reply = $state.raw<HistoryReply>({});
  const tiles = $derived(ask().tileIds.slice(0, maxHistoryTiles).join(','));
  const hours = $derived(ask().hours);
  const minute = $derived(Math.floor(nowMs() / 60_000));
  // Reaches outside: the points come from the server.
  $effect(() => {
    if (tiles === '' || minute === 0) return;
    let isCurrent = true;
    void api.get<HistoryReply>('/api/history', { tiles, hours }).then((result) => {
      if (isCurrent && result.ok) reply = result.value;
    });
    return () => {
      isCurrent = false;
    };
  });
  return {
    get reply() {
      return reply;
    },
  };
}
