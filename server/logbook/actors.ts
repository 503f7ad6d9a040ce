import type { LogActor } from '../../shared/api/logbook.ts';
import type { ClientInfo, Delivery, Engine } from '../broker/engine/engine.ts';

/** Tells who published a message and from where. Holds one small record per live connection. */
export function createActors(engine: Engine) {
  const byClientId = new Map<string, ClientInfo>();
  const stop = engine.onEvent((event) => {
    if (event.type === 'connected') byClientId.set(event.client.clientId, event.client);
    if (event.type === 'disconnected') byClientId.delete(event.client.clientId);
  });
  return {
    /** `undefined` for what the server itself publishes; viewers publish nothing. */
    of: ({ publisher }: Pick<Delivery, 'publisher'>): LogActor | undefined => {
      if (!publisher) return undefined;
      const { kind, id, name } = publisher.principal;
      if (kind === 'server' || kind === 'viewer') return undefined;
      const origin = byClientId.get(publisher.clientId)?.origin;
      const isPage = kind === 'person' && origin?.via === 'websocket';
      return { kind, id, name, via: isPage ? 'page' : 'mqtt', ...(origin ? { address: origin.remoteAddress } : {}) };
    },
    dispose: stop,
  };
}
