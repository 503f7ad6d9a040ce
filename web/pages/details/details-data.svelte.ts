import type { TopicValue, ValuesReply } from '../../../shared/api/contract.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { getApi, getLive } from '../../app/context.ts';
import type { TileHistory } from '../../tiles/define.ts';
import { followHistory } from '../history.svelte.ts';
import { commandTopicOf } from './who.ts';

const idsOf = (tile: Tile | undefined): string[] => (tile ? [tile.id] : []);

/** The last 24 h of one tile. Call while a component initialises. */
export function followTileHistory(tile: () => Tile | undefined): { readonly points: TileHistory } {
  const live = getLive();
  const history = followHistory(
    getApi(),
    () => live.nowMs,
    () => ({ tileIds: idsOf(tile()), hours: 24 }),
  );
  return {
    get points() {
      return history.reply[tile()?.id ?? ''] ?? {};
    },
  };
}

/** The last command of a tile with its author, asked for anew after each report. Call while a component initialises. */
export function followAuthor(
  tile: () => Tile,
  reportedMs: () => number | undefined,
): { readonly command: TopicValue | undefined } {
  const api = getApi();
  let command = $state.raw<TopicValue>();
  const topic = $derived(commandTopicOf(tile()));
  // Reaches outside: the author is known to the server only.
  $effect(() => {
    reportedMs();
    if (topic === undefined) return;
    let isCurrent = true;
    void api.get<ValuesReply>('/api/values', { topic }).then((result) => {
      if (isCurrent && result.ok) command = result.value.values[0];
    });
    return () => {
      isCurrent = false;
    };
  });
  return {
    get command() {
      return command;
    },
  };
}
