import type { DevicesReply } from '../../../shared/api/contract.ts';
import { devicesChangedTopic } from '../../../shared/api/names.ts';
import type { Api } from '../../app/api.ts';
import type { Live } from '../../app/context.ts';

/** The devices list as the server knows it now. */
export interface DevicesView {
  readonly reply: DevicesReply | undefined;
  readonly hasFailed: boolean;
  reload(): void;
}

/** Loads the list and again whenever the server says that it changed. Call while a component initialises. */
export function followDevices(api: Api, live: Live): DevicesView {
  let reply = $state.raw<DevicesReply>();
  let hasFailed = $state(false);
  let asked = $state(0);
  // Reaches outside: one more topic while this page is open.
  $effect(() => live.follow([devicesChangedTopic]));
  const changedAt = $derived(live.topic(devicesChangedTopic)?.atMs);
  // Reaches outside: the list comes from the server.
  $effect(() => {
    void changedAt;
    void asked;
    let isCurrent = true;
    void api.get<DevicesReply>('/api/devices').then((result) => {
      if (!isCurrent) return;
      hasFailed = !result.ok;
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
    get hasFailed() {
      return hasFailed;
    },
    reload: () => {
      asked += 1;
    },
  };
}
