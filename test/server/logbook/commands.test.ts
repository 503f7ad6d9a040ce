import { describe, expect, it } from 'vitest';
import type { LogActor, LogEntry } from '../../../shared/api/logbook.ts';
import type { Principal } from '../../../server/broker/engine/engine.ts';
import { CommandWatch, sameHandMs } from '../../../server/logbook/commands.ts';
import { bytes, switchTile, testHouse, testTile } from '../../support/house.ts';

const anna: Principal = { kind: 'person', id: 'anna', name: 'Anna' };
const plug: Principal = { kind: 'device', id: 'plug', name: 'Plug' };

/** A watch on a clock that the test moves, with the entries as they stand. */
function makeWatch(last: Readonly<Record<string, string>> = {}) {
  const entries: LogEntry[] = [];
  let nowMs = 1_000_000;
  const watch = new CommandWatch({
    sink: {
      add: (entry) => entries.push({ id: entries.length + 1, ...entry }),
      amend: (id, change) => void (entries[id - 1] = { ...entries[id - 1]!, ...change }),
    },
    nowMs: () => nowMs,
    actorOf: ({ publisher }) => publisher?.principal as LogActor | undefined,
    lastPayload: (topic) => (last[topic] === undefined ? undefined : bytes(last[topic])),
  });
  watch.follow(
    testHouse([
      switchTile('lamp'),
      testTile('dimmer', 'slider', {
        level: { type: 'number', stateTopic: 'dimmer', commandTopic: 'dimmer/set', unit: '%', decimals: 0 },
      }),
      testTile('bell', 'button', { press: { type: 'text', commandTopic: 'bell/ring' } }),
      ...['movie', 'reading'].map((payload) =>
        testTile(payload, 'button', { press: { type: 'text', commandTopic: 'scene' } }, { options: { payload } }),
      ),
      testTile('shared', 'switch', { power: { type: 'boolean', stateTopic: 'shared', commandTopic: 'shared' } }),
    ]),
  );
  const say = (principal: Principal | undefined, topic: string, payload: string): void =>
    watch.note({
      message: { topic, payload: bytes(payload), qos: 0, retain: false },
      atMs: nowMs,
      ...(principal ? { publisher: { clientId: principal.id, principal } } : {}),
    });
  const wait = (ms: number): void => {
    nowMs += ms;
    watch.sweep();
  };
  return { entries, say, wait };
}

describe('the log of commands', () => {
  it('says who switched what, and that the device confirmed', () => {
    const { entries, say, wait } = makeWatch();
    say(anna, 'lamp/set', 'ON');
    expect(entries).toMatchObject([
      {
        kind: 'command',
        actor: { name: 'Anna' },
        tile: { id: 'lamp', title: 'lamp', roomId: 'living', room: 'Living room' },
        topic: 'lamp/set',
        payload: 'ON',
        value: true,
        outcome: 'waiting',
      },
    ]);
    wait(200);
    say(plug, 'lamp/state', 'ON');
    expect(entries).toMatchObject([{ outcome: 'confirmed', answeredAfterMs: 200 }]);
  });

  it('says that a device did not answer', () => {
    const { entries, say, wait } = makeWatch();
    say(anna, 'lamp/set', 'ON');
    say(plug, 'lamp/state', 'OFF');
    wait(4_999);
    expect(entries).toMatchObject([{ outcome: 'waiting' }]);
    wait(1);
    expect(entries).toMatchObject([{ outcome: 'silent' }]);
  });

  it('does not take the sender for the device', () => {
    const { entries, say, wait } = makeWatch();
    say(anna, 'lamp/set', 'ON');
    say(anna, 'lamp/state', 'ON');
    wait(5_000);
    expect(entries).toMatchObject([{ outcome: 'silent' }]);
  });

  it('makes one entry of a finger on a slider', () => {
    const { entries, say, wait } = makeWatch();
    for (const level of ['10', '20', '30']) {
      say(anna, 'dimmer/set', level);
      wait(150);
    }
    say(plug, 'dimmer', '30');
    expect(entries).toMatchObject([{ value: 30, unit: '%', decimals: 0, count: 3, outcome: 'confirmed' }]);
  });

  it('makes two entries of two hands, and of one hand that comes back', () => {
    const { entries, say, wait } = makeWatch();
    say(anna, 'dimmer/set', '10');
    say({ ...anna, id: 'ben', name: 'Ben' }, 'dimmer/set', '20');
    wait(sameHandMs);
    say({ ...anna, id: 'ben', name: 'Ben' }, 'dimmer/set', '30');
    expect(entries.map(({ actor, value }) => [actor?.name, value])).toEqual([
      ['Anna', 10],
      ['Ben', 20],
      ['Ben', 30],
    ]);
  });

  it('knows what nobody can confirm', () => {
    const { entries, say, wait } = makeWatch();
    say(anna, 'bell/ring', 'ding');
    wait(10_000);
    expect(entries).toMatchObject([{ value: 'ding', outcome: 'no-feedback' }]);
  });

  it('knows two buttons on one topic by what they send', () => {
    const { entries, say } = makeWatch();
    say(anna, 'scene', 'reading');
    expect(entries).toMatchObject([{ tile: { id: 'reading' } }]);
  });

  it('tells the real switch from somebody in Kachel', () => {
    const { entries, say, wait } = makeWatch({ 'lamp/state': 'OFF' });
    say(anna, 'lamp/set', 'ON');
    say(plug, 'lamp/state', 'ON');
    wait(60_000);
    say(plug, 'lamp/state', 'ON');
    say(plug, 'lamp/state', 'OFF');
    expect(entries).toMatchObject([{ kind: 'command' }, { kind: 'change', value: false, tile: { id: 'lamp' } }]);
    expect(entries[1]).not.toHaveProperty('actor');
  });

  it('does not invent a change when nothing was known', () => {
    const { entries, say } = makeWatch();
    say(plug, 'lamp/state', 'ON');
    expect(entries).toEqual([]);
  });

  it('takes a device on a shared topic for a report', () => {
    const { entries, say } = makeWatch();
    say(plug, 'shared', 'ON');
    expect(entries).toEqual([]);
  });

  it('keeps a payload it cannot read, and calls any answer one', () => {
    const { entries, say } = makeWatch();
    say(anna, 'lamp/set', 'TOGGLE');
    say(plug, 'lamp/state', 'ON');
    expect(entries).toMatchObject([{ payload: 'TOGGLE', outcome: 'confirmed' }]);
    expect(entries[0]).not.toHaveProperty('value');
  });
});
