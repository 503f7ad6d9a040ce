import type { Snapshot, ValuesReply } from '../../shared/api/contract.ts';
import type { House } from '../../shared/house/house.ts';
import type { Clock } from '../live/clock.svelte.ts';
import { browserEnvironment as environment } from '../live/environment.ts';
import type { LiveHub } from '../live/live.svelte.ts';
import { createOpener } from '../live/opener.ts';
import type { Topics } from '../live/topics.ts';
import { Wire } from '../live/wire.ts';
import type { Api } from './api.ts';
import type { Toasts } from './context.ts';
import { tellFailure } from './failed-command.ts';
import type { LanguageStore } from './language.svelte.ts';
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
  readonly onSnapshot: (fresh: Snapshot, ageMs: number) => void;
  readonly onLoginEnded: () => void;
  readonly onLost: () => void;
}

/** Composes what comes after the first picture, in one file with the MQTT client: link, commands, fresh snapshots. */
export function goLive(options: GoLiveOptions): Wire {
  const { api, clock, topics, house, onLost } = options;
  return new Wire({
    environment,
    clock,
    topics,
    house,
    open: createOpener(environment),
    refresh: createRefresh({
      fetch: (...request) => fetch(...request),
      monotonicMs: () => environment.monotonicMs(),
      onLoginEnded: options.onLoginEnded,
      onSnapshot: options.onSnapshot,
    }),
    fetchValues: async (wanted) => {
      const reply = await api.get<ValuesReply>('/api/values', { topic: wanted });
      return reply.ok ? reply.value.values : [];
    },
    onFailed: (tile, command) => tellFailure({ ...options, tile, command }),
    onLost,
  });
}
