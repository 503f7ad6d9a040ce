import { getApi, getLive } from '../app/context.ts';
import type { Failure } from '../app/failure.ts';

/** A list of the server as it is now. */
export interface FollowedReply<Reply> {
  readonly reply: Reply | undefined;
  readonly failure: Failure | undefined;
  reload(): void;
}

/** Loads a reply, and again whenever the server says on `topic` that it changed. Call while a component initialises. */
export function followReply<Reply>(path: () => string, topic: string): FollowedReply<Reply> {
  const api = getApi();
  const live = getLive();
  let reply = $state.raw<Reply>();
  let failure = $state.raw<Failure>();
  let asked = $state(0);
  // Reaches outside: one more topic while this page is open.
  $effect(() => live.follow([topic]));
  const changedAt = $derived(live.topic(topic)?.atMs);
  // Reaches outside: the list comes from the server.
  $effect(() => {
    void changedAt;
    void asked;
    let isCurrent = true;
    void api.get<Reply>(path()).then((result) => {
      if (!isCurrent) return;
      failure = result.ok ? undefined : result.error;
      if (result.ok) reply = result.value;
    });
    return () => {
      isCurrent = false;
    };
  });
  return {
    get reply() {
      return reply;
    },
    get failure() {
      return failure;
    },
    reload: () => {
      asked += 1;
    },
  };
}
