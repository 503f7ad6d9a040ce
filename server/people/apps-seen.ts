import type { AppPassword } from '../auth/app-passwords.ts';
import { createLastSeen, type LastSeenParts } from '../last-seen.ts';
import type { Engine } from '../broker/engine/engine.ts';

/** When app passwords were used last. */
export interface AppsSeen {
  /** With the time of its last use: now, while a program is signed in with it. */
  on(app: AppPassword): AppPassword;
  dispose(): void;
}

export interface AppsSeenParts extends LastSeenParts {
  readonly engine: Pick<Engine, 'onEvent' | 'clients'>;
}

export function createAppsSeen({ engine, ...parts }: AppsSeenParts): AppsSeen {
  const lastSeen = createLastSeen(parts);
  const stop = engine.onEvent((event) => {
    if (event.type !== 'connected' && event.type !== 'disconnected') return;
    const { kind, id } = event.client.principal;
    if (kind === 'app') lastSeen.note(id);
  });
  const isConnected = (appId: string): boolean =>
    engine.clients().some(({ principal: { kind, id } }) => kind === 'app' && id === appId);
  return {
    on: (app) => (isConnected(app.id) ? { ...app, lastSeenAtMs: parts.clock.now() } : lastSeen.on(app)),
    dispose: () => {
      stop();
      lastSeen.dispose();
    },
  };
}
