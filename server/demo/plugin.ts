import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { House } from '../../shared/house/house.ts';
import type { Engine } from '../broker/engine/engine.ts';
import { withoutDemo } from './clear.ts';

/** What the demo is made of. */
export interface Demo {
  house(): House;
  /** Starts the simulated devices; returns dispose. */
  start(engine: Engine): () => void;
}

/** Whether the simulated devices run, and how to start them. */
export interface DemoSwitch {
  isRunning(): boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    demo: DemoSwitch;
  }
}

export interface DemoOptions {
  readonly demo: Demo;
  /** `--demo`. */
  readonly isWanted: boolean;
  /** False for sub-commands, which open the house only for a moment. */
  readonly isServing: boolean;
}

const key = 'demo';

/** `POST` and `DELETE /api/demo`, and `--demo`. Once started from the page, the demo also runs after a restart. */
const plugin = async (app: FastifyInstance, { demo, isWanted, isServing }: DemoOptions): Promise<void> => {
  const { store, house, broker } = app;
  const read = store.db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const write = store.db.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)');
  let stop: (() => void) | undefined;
  const isEmpty = (): boolean => house.current().house.rooms.length === 0;
  const furnish = () =>
    house.save({ document: { ...demo.house(), name: nameOf(house.current().house, demo.house()) } });
  app.decorate('demo', { isRunning: () => stop !== undefined });

  app.addHook('onReady', async () => {
    if (isWanted && isEmpty()) furnish();
    if (isServing && (isWanted || read.get(key) === 'on')) stop = demo.start(broker);
  });
  app.addHook('preClose', async () => stop?.());

  app.post('/api/demo', { config: { needs: 'owner' } }, async (_request, reply) => {
    if (!isEmpty()) return reply.problem({ code: 'not-allowed', message: 'The house is not empty any more.' });
    const furnished = furnish();
    if (!furnished.ok) return reply.problem(furnished.error);
    const noted = store.durable(() => write.run(key, 'on'));
    if (!noted.ok) return reply.problem(noted.error);
    stop ??= demo.start(broker);
    return reply.code(204).send();
  });

  app.delete('/api/demo', { config: { needs: 'owner' } }, async (_request, reply) => {
    // The devices stop first: pages fetch everything anew on the save, and must find the demo gone.
    stop?.();
    stop = undefined;
    const cleared = house.save({ document: withoutDemo(house.current().house, demo.house()) });
    if (!cleared.ok) return reply.problem(cleared.error);
    const noted = store.durable(() => write.run(key, 'off'));
    return noted.ok ? reply.code(204).send() : reply.problem(noted.error);
  });
};

/** The home keeps the name that its owner gave it. */
const nameOf = (current: House, fresh: House): string => (current.name === 'Kachel' ? fresh.name : current.name);

export const demo = fp(plugin, { name: 'demo', dependencies: ['http', 'store', 'auth', 'broker', 'house'] });
