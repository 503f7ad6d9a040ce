import { createEngine } from '../../server/broker/engine/create-engine.ts';
import type { Engine, Principal } from '../../server/broker/engine/engine.ts';
import { createMemoryStore } from '../../server/broker/engine/memory-store.ts';
import type { EngineOptions } from '../../server/broker/engine/options.ts';

export const anyone: Principal = { kind: 'anonymous', id: 'anonymous', name: 'anonymous' };

/** An engine in memory that lets everybody do everything, unless told otherwise. */
export const makeEngine = (options: Partial<EngineOptions> = {}): Engine =>
  createEngine({
    store: createMemoryStore(),
    authenticate: () => Promise.resolve({ ok: true, principal: anyone }),
    authorize: () => true,
    ...options,
  });
