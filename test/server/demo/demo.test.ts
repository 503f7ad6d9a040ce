import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../server/demo/demo.ts';
import { demoHouse } from '../../../server/demo/house.ts';
import { demoWords } from '../../../server/demo/words.ts';
import type { Engine } from '../../../server/broker/engine/engine.ts';
import { houseSchema } from '../../../shared/house/house.ts';
import { isSound } from '../../../shared/house/rearrange.ts';
import { encodeUtf8 } from '../../../shared/payload/text.ts';
import { boundTopics, stateTopics } from '../../../shared/tile/fold.ts';
import { makeEngine } from '../../support/engine.ts';

const languages = ['en', 'de'] as const;
const chance = (): (() => number) => {
  let seed = 7;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
};

let dispose: (() => void) | undefined;
let engine: Engine | undefined;
afterEach(async () => {
  dispose?.();
  await engine?.close();
});

/** Starts the demo and resolves with payloads as they come. */
function start(): { next: (topic: string, fits?: (text: string) => boolean) => Promise<string>; engine: Engine } {
  const running = makeEngine();
  engine = running;
  dispose = startDemo(running, { language: 'en', random: chance() });
  const next = (topic: string, fits: (text: string) => boolean = () => true): Promise<string> =>
    new Promise((resolve) => {
      const stop = running.observe(topic, ({ message }) => {
        const text = new TextDecoder().decode(message.payload);
        if (!fits(text)) return;
        stop();
        resolve(text);
      });
    });
  return { next, engine: running };
}
const send = (target: Engine, topic: string, payload: string): Promise<void> =>
  target.publish({ topic, payload: encodeUtf8(payload), qos: 0, retain: false });

describe.each(languages)('demo house in %s', (language) => {
  const house = demoHouse(language);
  it('fits the schema, and every layout is sound', () => {
    expect(v.safeParse(houseSchema, house).issues).toBeUndefined();
    for (const room of house.rooms) {
      expect(isSound(room.layouts.phone.placements, 4)).toBe(true);
      const own = house.tiles.filter((tile) => tile.roomId === room.id).map((tile) => tile.id);
      expect(room.layouts.phone.placements.map((one) => one.tileId).toSorted()).toEqual(own.toSorted());
      expect((room.shortName ?? room.name).length).toBeLessThanOrEqual(12);
    }
  });
});

describe('demo devices', () => {
  it('report on every topic a tile listens to', async () => {
    const heard = new Set<string>();
    const running = makeEngine();
    engine = running;
    const wanted = new Set(demoHouse('en').tiles.flatMap(stateTopics));
    await new Promise<void>((resolve) => {
      running.observe('#', ({ message }) => {
        heard.add(message.topic);
        if ([...wanted].every((topic) => heard.has(topic))) resolve();
      });
      dispose = startDemo(running, { language: 'en', random: chance() });
    });
    expect(demoHouse('en').tiles.flatMap(boundTopics).length).toBeGreaterThan(wanted.size);
  });

  it('answer commands as their family does', async () => {
    const { next, engine: running } = start();
    await next('zigbee2mqtt/living/ceiling');
    const dimmed = next('zigbee2mqtt/living/ceiling', (text) => text.includes('"brightness":25'));
    await send(running, 'zigbee2mqtt/living/ceiling/set', '{"brightness":25}');
    expect(JSON.parse(await dimmed)).toMatchObject({ state: 'ON', brightness: 25 });
    const off = next('stat/tv_socket/POWER', (text) => text === 'OFF');
    await send(running, 'cmnd/tv_socket/POWER', 'OFF');
    expect(await off).toBe('OFF');
  });

  it('ignore commands they cannot follow', async () => {
    const { next, engine: running } = start();
    await next('house/bedroom/led/color');
    const changed = next('house/bedroom/led/color', (text) => text !== '#ffb066');
    await send(running, 'house/bedroom/led/color/set', 'red<script>');
    await send(running, 'house/bedroom/led/color/set', '#00ff00');
    expect(await changed).toBe('#00ff00');
  });

  it('run scenes', async () => {
    const { next, engine: running } = start();
    await next('house/scene');
    const lamp = next('zigbee2mqtt/living/ceiling', (text) => text.includes('"brightness":200'));
    await send(running, 'house/scene/set', 'reading');
    expect(await lamp).toContain('"state":"ON"');
  });

  it('leave nothing behind', async () => {
    const { next, engine: running } = start();
    await next('tele/tv_socket/LWT');
    dispose?.();
    await expect.poll(() => running.clients().length).toBe(0);
  });
});

it('has the same names in every language', () => expect(Object.keys(demoWords.de)).toEqual(Object.keys(demoWords.en)));
