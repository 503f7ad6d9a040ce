import { describe, expect, it, test } from 'vitest';
import { evaluate } from '../../../shared/acl/evaluate.ts';
import { compile } from '../../../shared/acl/compile.ts';
import { isFreeCommand, mayKeepProof, needsPin, pinWay } from '../../../shared/acl/pin.ts';
import { lockAfterMs, triesLeft } from '../../../shared/acl/pin-tries.ts';
import type { Standing } from '../../../shared/acl/standing.ts';
import { usesOf } from '../../../shared/acl/uses.ts';
import type { Binding } from '../../../shared/house/binding.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { bytes, switchTile, testHouse } from '../../support/house.ts';
import { device, member, own, owner, question } from './house.ts';

const everywhere = { otherRooms: 'operate' } as const;
const asked = member({ ...everywhere, exceptions: [{ tileId: 'door', level: 'operate', pin: true }] });
const free = member(everywhere);
const appOf = (person: Standing): Standing => ({ ...person, kind: 'app', app: { name: 'Explorer', level: 'operate' } });
const house = (over: Partial<Tile> = {}, ...more: Tile[]) => usesOf(testHouse([switchTile('door', over), ...more]));

describe('sending to a topic', () => {
  const both = house({ pin: 'both' });
  const plain = house();
  it.each([
    ['is asked for by a tile that asks everybody', free, both, 'both'],
    ['of owners too', owner(), both, 'both'],
    ['of app passwords too', appOf(free), both, 'both'],
    ['even where an explicit rule allows it', member({}, { lists: [own('readwrite #')] }), both, 'both'],
    ['not of devices', device('readwrite #'), both, undefined],
    ['is asked for by an exception of this person', asked, plain, 'both'],
    ['not of others', free, plain, undefined],
    [
      'not of owners, who have no exceptions',
      owner({ grants: asked.grants ?? { rooms: {}, otherRooms: 'no', exceptions: [] } }),
      plain,
      undefined,
    ],
    ['for one way alone', free, house({ pin: 'on' }), 'on'],
    [
      'for both when tiles that share it ask for different ones',
      free,
      house(
        { pin: 'on' },
        switchTile('twin', { pin: 'off', bindings: { power: { type: 'boolean', commandTopic: 'door/set' } } }),
      ),
      'both',
    ],
    ['for both when an exception asks beside the tile', asked, house({ pin: 'on' }), 'both'],
  ] as const)('%s', (_what, standing, uses, way) => {
    expect(pinWay(standing, uses, 'door/set')).toBe(way);
    expect(pinWay(standing, uses, 'door/state')).toBeUndefined();
    expect(pinWay(standing, uses, 'other')).toBeUndefined();
  });

  it.each([
    ['both', 'ON', true],
    ['both', 'OFF', true],
    ['on', 'ON', true],
    ['on', 'OFF', false],
    ['off', 'ON', false],
    ['off', 'OFF', true],
    ['on', 'off', true],
    ['on', 'OFF ', true],
    ['on', '', true],
    ['on', 'anything', true],
    ['on', '\0OFF', true],
  ] as const)('asked for %s: %j needs it: %j', (pin, payload, expected) => {
    expect(needsPin(free, house({ pin }), 'door/set', bytes(payload))).toBe(expected);
  });

  it('reads no bytes that are no text', () => {
    expect(needsPin(free, house({ pin: 'on' }), 'door/set', Uint8Array.of(0xff, 0xfe))).toBe(true);
  });

  it('is no way round by a second tile on the topic', () => {
    const twin = switchTile('twin', {
      bindings: { power: { type: 'boolean', commandTopic: 'door/set', on: 'OFF', off: 'ON' } },
    });
    expect(needsPin(free, house({ pin: 'on' }, twin), 'door/set', bytes('ON'))).toBe(true);
    const asking = { ...twin, pin: 'on' } as const;
    expect(needsPin(free, house({ pin: 'on' }, asking), 'door/set', bytes('OFF'))).toBe(true);
  });
});

describe('the free way', () => {
  const json: Binding = { type: 'boolean', commandTopic: 't', template: '{"state":"{{value}}"}' };
  it.each([
    ['what the tile sends', json, '{"state":"OFF"}', true],
    ['not with a key twice', json, '{"state":"ON","state":"OFF"}', false],
    ['not with another order of blanks', json, '{ "state":"OFF"}', false],
    ['a whole command of its own', { type: 'boolean', commandOn: 'OPEN', commandOff: 'CLOSE' }, 'CLOSE', true],
    ['not an alternative word', { type: 'boolean', on: 'ON|1', off: 'OFF|0' }, '0', false],
    ['nothing of a number', { type: 'number' }, '0', false],
    ['nothing of a text', { type: 'text' }, 'OFF', false],
  ] as const)('%s', (_what, binding, payload, expected) => {
    expect(isFreeCommand(binding, 'on', payload)).toBe(expected);
  });
});

describe('Ask', () => {
  const both = house({ pin: 'both' });
  const ask = (standing: Standing, uses = both, payload?: string) =>
    evaluate(standing, uses, question('publish', 'door/set', payload === undefined ? {} : { payload: bytes(payload) }));
  const decisive = (reply: ReturnType<typeof ask>) => reply.steps.find(({ outcome }) => outcome === 'decides');

  it('says yes, with PIN, and which tile asks', () => {
    const reply = ask(free);
    expect(reply).toMatchObject({ isAllowed: true, needsPin: 'both' });
    expect(reply.steps).toContainEqual({
      kind: 'pin',
      name: 'door',
      tileId: 'door',
      roomId: 'living',
      pin: 'both',
      outcome: 'passes',
    });
    expect(decisive(reply)?.kind).toBe('room');
  });

  it('says with the exception that it asks', () => {
    const reply = ask(asked, house());
    expect(reply).toMatchObject({ isAllowed: true, needsPin: 'both' });
    expect(decisive(reply)).toMatchObject({ kind: 'exception', pin: true });
    expect(reply.steps.some(({ kind }) => kind === 'pin')).toBe(false);
  });

  it('says no to app passwords, the compiled answer too', () => {
    for (const [standing, uses] of [
      [appOf(free), both],
      [appOf(asked), house()],
    ] as const) {
      const reply = ask(standing, uses);
      expect(reply).toMatchObject({ isAllowed: false });
      expect(reply.needsPin).toBeUndefined();
      expect(decisive(reply)?.kind).toBe('pin');
      const decider = compile(standing, uses, { atMs: 0, zone: () => 0, clientId: '' });
      expect(decider.decide('publish', 'door/set')).toBe(false);
      expect(decider.decide('receive', 'door/state')).toBe(true);
    }
  });

  it('knows the way that is meant', () => {
    const one = house({ pin: 'on' });
    expect(ask(free, one).needsPin).toBe('on');
    expect(ask(free, one, 'OFF').needsPin).toBeUndefined();
    expect(ask(free, one, 'ON').needsPin).toBe('both');
    expect(ask(appOf(free), one)).toMatchObject({ isAllowed: true, needsPin: 'on' });
    expect(ask(appOf(free), one, 'ON').isAllowed).toBe(false);
    expect(ask(appOf(free), one, 'OFF')).toMatchObject({ isAllowed: true });
  });

  it('has nothing to say of a PIN where something is read, or not allowed', () => {
    expect(evaluate(free, both, question('receive', 'door/state')).needsPin).toBeUndefined();
    expect(ask(member()).needsPin).toBeUndefined();
  });
});

test('five tries, then a wait after each that grows and stays at half an hour', () => {
  const minutes = Array.from({ length: 9 }, (_, index) => lockAfterMs(index) / 60_000);
  expect(minutes).toEqual([0, 0, 0, 0, 0, 1, 5, 30, 30]);
  expect([1, 2, 3, 4, 5, 6].map(triesLeft)).toEqual([4, 3, 2, 1, 1, 1]);
});

test('locks are asked each time', () => {
  expect(mayKeepProof(switchTile('heater'))).toBe(true);
  expect(mayKeepProof(switchTile('door', { options: { deviceClass: 'lock' } }))).toBe(false);
  expect(mayKeepProof({ kind: 'lock', options: {} })).toBe(false);
});
