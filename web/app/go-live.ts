import type { Snapshot, ValuesReply } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';
import type { Clock } from '../live/clock.svelte.ts';
import { browserEnvironment as environment } from '../live/environment.ts';
import type { LiveHub } from '../live/live.svelte.ts';
import { createOpener } from '../live/opener.ts';
import type { Topics } from '../live/topics.ts';
import { unseenTiles } from '../live/unseen-tiles.ts';
import { Wire } from '../live/wire.ts';
import type { Api } from './api.ts';
import type { Toasts } from './context.ts';
import { tellFailure } from './failed-command.ts';
import type { LanguageStore } from './language.svelte.ts';
import { seenAs } from '../look/eyes.ts';
import { fetchAs } from '../look/fetch-as.ts';
import { keepSnapshot } from './keep-snapshot.ts';
import { pinQuestions } from './pin-question.svelte.ts';
import { createRefresh } from './refresh.ts';

export interface GoLiveOptions {
  readonly api: Pick<Api, 'get'>;
  readonly clock: Clock;
  readonly topics: Topics;
  readonly house: House;
  readonly live: Pick<LiveHub, 'send'>;
  readonly language: LanguageStore;
  readonly toasts: Toasts;
  readonly navigate: (path: string) => void;
  /** Everything as this page knows it now. */
  readonly current: () => Snapshot;
  readonly onSnapshot: (fresh: Snapshot, ageMs: number) => void;
  readonly onLoginEnded: () => void;
  readonly onLost: () => void;
}

/** Composes what comes after the first picture, in one file with the MQTT client: link, commands, fresh snapshots, what is kept of them. */
export function goLive(options: GoLiveOptions): Wire {
  const { api, clock, topics, house } = options;
  const as = seenAs();
  const isLooking = as !== undefined;
  // What somebody else sees is nothing for this phone to keep.
  const keep = (): void => void (isLooking || keepSnapshot(options.current(), Date.now()));
  const stopHide = environment.onHide(() => {
    if (wire.link === 'live') keep();
  });
  const wire = new Wire({
    environment,
    clock,
    topics,
    house,
    unseenTiles,
    isLooking,
    open: createOpener(environment, as),
    refresh: createRefresh({
      fetch: isLooking ? fetchAs(as) : (...request) => fetch(...request),
      monotonicMs: () => environment.monotonicMs(),
      onLoginEnded: options.onLoginEnded,
      onSnapshot: options.onSnapshot,
    }),
    fetchValues: async (wanted) => {
      const reply = await api.get<ValuesReply>('/api/values', { topic: wanted });
      return reply.ok ? reply.value.values : [];
    },
    onFailed: (tile, command) => tellFailure({ ...options, isLooking, tile, command }),
    askPin: (question, isAgain) => pinQuestions.ask(question, isAgain),
    onLost: () => {
      options.onLost();
      keep();
    },
    onDispose: stopHide,
  });
  return wire;
}
