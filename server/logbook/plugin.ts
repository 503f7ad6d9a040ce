import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { TopicValue } from '../../shared/api/contract.ts';
import type { Clock } from '../broker/engine/clock.ts';
import { createActors } from './actors.ts';
import { arrangedBy } from './arranged.ts';
import { CommandWatch } from './commands.ts';
import { createLogbook, type Logbook } from './logbook.ts';
import { refusedEntry } from './refused.ts';
import { logbookRoutes } from './routes.ts';
import { wrongPinEntry } from './wrong-pin.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Who switched what. (`app.log` is the server's own log.) */
    logbook: Logbook;
  }
}

/** How often commands without an answer are looked for. */
const sweepEveryMs = 1_000;

const payloadOf = (value: TopicValue | undefined): Uint8Array | undefined => {
  if (value?.text !== undefined) return Buffer.from(value.text);
  return value?.base64 === undefined ? undefined : Buffer.from(value.base64, 'base64');
};

/** `GET /api/log` · `GET /api/log.csv` */
const plugin = async (app: FastifyInstance, { clock }: { readonly clock: Clock }): Promise<void> => {
  const { deeds, store, broker: engine, house, history, rights, auth } = app;
  const logbook = createLogbook(store, clock, (message) => app.log.warn(message));
  app.decorate('logbook', logbook);
  const actors = createActors(engine);
  const watch = new CommandWatch({
    sink: logbook,
    nowMs: () => clock.now(),
    actorOf: actors.of,
    lastPayload: (topic) => payloadOf(history.values([topic])[0]),
  });
  const observing = new Map<string, () => void>();
  const unobserve = (topic: string): void => {
    observing.get(topic)?.();
    observing.delete(topic);
  };
  const follow = (): void => {
    watch.follow(house.current().house);
    for (const topic of [...observing.keys()]) if (!watch.topics.has(topic)) unobserve(topic);
    for (const topic of watch.topics) {
      if (!observing.has(topic))
        observing.set(
          topic,
          engine.observe(topic, (delivery) => watch.note(delivery)),
        );
    }
  };
  follow();
  let before = house.current().house;
  const stopFollowing = house.onSaved(({ house: saved, by }) => {
    const arranged = arrangedBy(before, saved);
    before = saved;
    follow();
    if (!arranged) return;
    const actor = by === undefined ? {} : { actor: { kind: 'person', id: '', name: by, via: 'page' } as const };
    logbook.add({ atMs: clock.now(), kind: 'arranged', ...actor, arranged });
  });
  const stopRefusals = rights.onRefused((refused) => {
    const { principal, clientId, topic } = refused;
    const by = { actor: actors.of({ publisher: { principal, clientId } }), tile: watch.tileOf(topic) };
    logbook.add(refusedEntry(refused, by));
  });
  const stopDeeds = deeds.onDone((done) => logbook.add({ kind: 'access', ...done }));
  const stopPins = auth.pin.onWrong((wrong) => logbook.add(wrongPinEntry(wrong, house.current().house, clock.now())));
  const stopSweeping = clock.every(sweepEveryMs, () => watch.sweep());
  app.addHook('onClose', async () => {
    [stopFollowing, stopRefusals, stopDeeds, stopPins, stopSweeping, actors.dispose].forEach((stop) => stop());
    [...observing.keys()].forEach(unobserve);
    logbook.dispose();
  });
  await app.register(logbookRoutes, { nowMs: () => clock.now() });
};

export const logbook = fp(plugin, {
  name: 'logbook',
  dependencies: ['http', 'store', 'auth', 'deeds', 'rights', 'broker', 'house', 'history'],
});
