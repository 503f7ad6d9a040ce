import { describe, expect, it } from 'vitest';
import type { Exception } from '../../../shared/api/people.ts';
import { evaluate } from '../../../shared/acl/evaluate.ts';
import type { RuleList, Standing } from '../../../shared/acl/standing.ts';
import { device, member, mondayNoon, own, owner, question, rule, uses, verdict } from './house.ts';

const exception = (over: Partial<Exception> = {}): Exception => ({ tileId: 'garage', level: 'operate', ...over });
const workdays = { days: [1, 2, 3, 4, 5] as (1 | 2 | 3 | 4 | 5)[], fromMinute: 420, toMinute: 1_140 };
const group = (name: string, ...rules: string[]): RuleList => ({
  kind: 'group-rule',
  rules: rules.map((one) => ({ ...rule(one), name })),
});
const app = (over: Partial<Standing['app']>, person = member({ otherRooms: 'operate' })): Standing => ({
  ...person,
  kind: 'app',
  app: { name: 'Explorer', level: 'operate', ...over },
});

type Row = readonly [
  what: string,
  standing: Standing,
  action: 'publish' | 'subscribe' | 'receive',
  topic: string,
  verdict: string,
];

const check = (rows: readonly Row[]): void => {
  it.each(rows)('%s', (_what, standing, action, topic, expected) => {
    expect(verdict(standing, action, topic)).toBe(expected);
  });
};

describe('accounts', () => {
  check([
    ['of somebody removed', owner({ isOut: true }), 'receive', 'lamp/state', 'no account'],
    ['of an ended guest', owner({ endsAtMs: mondayNoon }), 'receive', 'lamp/state', 'no account'],
    ['of a guest before the end', owner({ endsAtMs: mondayNoon + 1 }), 'receive', 'lamp/state', 'yes role'],
  ]);
});

describe("the server's topics", () => {
  check([
    ['are written by nobody', owner(), 'publish', '$SYS/x', 'no system'],
    ['are written by nobody, rules or not', device('readwrite $a/#'), 'publish', '$a/b', 'no system'],
    ['are read by owners', owner(), 'subscribe', '$SYS/#', 'yes system'],
    ['are not read by members', member({ otherRooms: 'operate' }), 'subscribe', '$SYS/#', 'no system'],
    [
      'are not read by members with rules',
      member({}, { lists: [own('read $SYS/#')] }),
      'subscribe',
      '$SYS/#',
      'no system',
    ],
    ['are not read by devices that may everything', device('readwrite #'), 'subscribe', '$SYS/#', 'no closed'],
    ['are read by devices with a rule for them', device('read $SYS/#'), 'subscribe', '$SYS/broker/+', 'yes topic-rule'],
    ['wake every page', member(), 'subscribe', '$kachel/house', 'yes system'],
    ['wake no device', device('readwrite #', 'read $kachel/#'), 'subscribe', '$kachel/house', 'no system'],
    ['wake no app', app({}), 'subscribe', '$kachel/house', 'no system'],
    ['are read by apps of owners', app({}, owner()), 'subscribe', '$SYS/#', 'yes system'],
    ['are not read by apps with rooms', app({ rooms: ['living'] }, owner()), 'subscribe', '$SYS/#', 'no system'],
    ['of other kinds need a rule', device('read $x/#'), 'receive', '$x/y', 'yes topic-rule'],
  ]);
});

describe('explicit rules', () => {
  const rules = device('read a/#', 'deny a/secret', 'write b', 'readwrite c/%u', 'write d/%c');
  check([
    ['read', rules, 'receive', 'a/b', 'yes topic-rule'],
    ['do not write what is to be read', rules, 'publish', 'a/b', 'no closed'],
    ['write', rules, 'publish', 'b', 'yes topic-rule'],
    ['deny, whatever their place', rules, 'receive', 'a/secret', 'no topic-rule'],
    ['name the user', rules, 'publish', 'c/plug', 'yes topic-rule'],
    ['name nobody else', rules, 'publish', 'c/other', 'no closed'],
    ['name the client', rules, 'publish', 'd/c1', 'yes topic-rule'],
    ['compare case', rules, 'publish', 'B', 'no closed'],
    ['compare slashes', rules, 'publish', 'b/', 'no closed'],
    ['compare NUL', rules, 'publish', 'b\u0000', 'no closed'],
    [
      'of the subject come before those of groups',
      { ...device('read a'), lists: [own('read a'), group('G', 'deny #')] },
      'receive',
      'a',
      'yes topic-rule',
    ],
    [
      'of all groups are one list, where a denial wins',
      { ...device(), lists: [group('G', 'read a', 'deny a')] },
      'receive',
      'a',
      'no group-rule',
    ],
    [
      'beat rooms',
      member({ otherRooms: 'operate' }, { lists: [own('deny lamp/#')] }),
      'publish',
      'lamp/set',
      'no topic-rule',
    ],
    ['hold for owners', owner({ lists: [own('deny #')] }), 'publish', 'lamp/set', 'no topic-rule'],
    [
      'with an odd user name allow nothing',
      { ...device('read x/%u'), userName: 'a/b' },
      'receive',
      'x/a/b',
      'no closed',
    ],
    [
      'with an odd user name deny all it could mean',
      { ...device('readwrite #', 'deny x/%u'), userName: '+' },
      'receive',
      'x/a',
      'no topic-rule',
    ],
  ]);
});

describe('subscriptions', () => {
  const some = device('read a/#', 'deny a/secret/#', 'write w/#');
  check([
    ['under one rule', some, 'subscribe', 'a/+/b', 'yes topic-rule'],
    ['under a denial', some, 'subscribe', 'a/secret/+', 'no topic-rule'],
    ['of devices may reach over', some, 'subscribe', '#', 'yes topic-rule'],
    ['of devices need something in common', some, 'subscribe', 'b/#', 'no closed'],
    ['do not count what may be written', some, 'subscribe', 'w/x', 'no closed'],
    ['whose common part is denied', device('read a/+', 'deny a/b'), 'subscribe', '+/b', 'no closed'],
    ['shared ones are judged by their filter', device('read b'), 'subscribe', '$share/g/a/#', 'no closed'],
    ['shared ones of what may be read', device('read a/#'), 'subscribe', '$share/g/a/b', 'yes topic-rule'],
    ['of pages do not reach over', member({}, { lists: [own('read a/#')] }), 'subscribe', '#', 'no closed'],
    ['of pages for a topic of a room', member({ rooms: { living: 'see' } }), 'subscribe', 'lamp/state', 'yes room'],
    ['of pages over all of a room', member({ otherRooms: 'operate' }), 'subscribe', 'lamp/+', 'no closed'],
    ['of apps may reach over', app({}), 'subscribe', '#', 'yes room'],
    ['of owners', owner(), 'subscribe', '#', 'yes role'],
    ['of apps in no room', app({ rooms: ['attic'] }), 'subscribe', '#', 'no app'],
  ]);
});

describe('rooms', () => {
  const seer = member({ rooms: { living: 'see' } });
  const operator = member({ otherRooms: 'operate', rooms: { kitchen: 'no' } });
  check([
    ['that are seen show states', seer, 'receive', 'lamp/state', 'yes room'],
    ['that are seen show availability', seer, 'receive', 'air/LWT', 'yes room'],
    ['that are seen send nothing', seer, 'publish', 'lamp/set', 'no room'],
    ['that are seen hide commands', seer, 'receive', 'lamp/set', 'no closed'],
    ['that are operated send', operator, 'publish', 'lamp/set', 'yes room'],
    ['that are operated show commands', operator, 'receive', 'lamp/set', 'yes room'],
    ['do not let states be sent', operator, 'publish', 'lamp/state', 'no closed'],
    ['that are closed', operator, 'receive', 'garage/state', 'no room'],
    ['do not know other topics', operator, 'receive', 'else', 'no closed'],
    ['without a level of their own', member({ otherRooms: 'see' }), 'receive', 'garage/state', 'yes room'],
  ]);
});

describe('exceptions', () => {
  const on = (one: Exception, otherRooms: 'no' | 'operate' = 'no') => member({ otherRooms, exceptions: [one] });
  check([
    ['open one tile of a closed room', on(exception()), 'publish', 'garage/set', 'yes exception'],
    ['show one tile of a closed room', on(exception({ level: 'see' })), 'receive', 'garage/state', 'yes exception'],
    [
      'close one tile of an open room',
      on(exception({ level: 'no' }), 'operate'),
      'receive',
      'garage/state',
      'no exception',
    ],
    ['leave only seeing', on(exception({ level: 'see' }), 'operate'), 'publish', 'garage/set', 'no exception'],
    [
      'that say no win over the room of another tile',
      on(exception({ tileId: 'echo', level: 'no' }), 'operate'),
      'receive',
      'lamp/state',
      'no exception',
    ],
    [
      'are not asked for owners',
      owner({ grants: on(exception({ level: 'no' })).grants! }),
      'publish',
      'garage/set',
      'yes role',
    ],
  ]);

  it('hold at their hours, and say when they hold next', () => {
    const lena = on(exception({ hours: workdays }));
    const ask = (atMs: number) => evaluate(lena, uses, question('publish', 'garage/set', { atMs }));
    expect(ask(mondayNoon)).toMatchObject({ isAllowed: true });
    const sunday = Date.UTC(2026, 0, 4, 12);
    expect(ask(sunday)).toMatchObject({ isAllowed: false, nextYesAtMs: Date.UTC(2026, 0, 5, 7) });
    expect(evaluate(lena, uses, question('receive', 'garage/state', { atMs: sunday })).isAllowed).toBe(true);
    expect(evaluate(lena, uses, question('receive', 'garage/set', { atMs: sunday })).isAllowed).toBe(false);
  });

  it('promise no next yes that a guest does not live to see', () => {
    const guest = { ...on(exception({ hours: workdays })), endsAtMs: Date.UTC(2026, 0, 5, 6) };
    const reply = evaluate(guest, uses, question('publish', 'garage/set', { atMs: Date.UTC(2026, 0, 4, 12) }));
    expect(reply).not.toHaveProperty('nextYesAtMs');
  });

  it('may ask for holding', () => {
    const lena = on(exception({ hold: true }));
    expect(evaluate(lena, uses, question('publish', 'garage/set'))).toMatchObject({ isAllowed: true, needsHold: true });
    expect(evaluate(lena, uses, question('receive', 'garage/state'))).not.toHaveProperty('needsHold');
  });
});

describe('app passwords', () => {
  check([
    ['that only see send nothing', app({ level: 'see' }), 'publish', 'lamp/set', 'no app'],
    ['that only see read', app({ level: 'see' }), 'receive', 'lamp/state', 'yes room'],
    ['know only their rooms', app({ rooms: ['living'] }), 'receive', 'garage/state', 'no app'],
    ['work in their rooms', app({ rooms: ['living'] }), 'publish', 'lamp/set', 'yes room'],
    ['never do more than their person', app({}, member({ otherRooms: 'see' })), 'publish', 'lamp/set', 'no room'],
    ['of an owner with rooms know nothing else', app({ rooms: ['living'] }, owner()), 'publish', 'else', 'no app'],
    ['of an owner', app({}, owner()), 'publish', 'else', 'yes role'],
  ]);
});

describe('the way to an answer', () => {
  it('names each rule, the one that decided, and those that were not asked', () => {
    const lena = member(
      { otherRooms: 'operate', exceptions: [exception({ level: 'no' })] },
      { lists: [own('read x')] },
    );
    expect(evaluate(lena, uses, question('publish', 'garage/set')).steps).toEqual([
      { kind: 'account', outcome: 'passes' },
      { kind: 'topic-rule', outcome: 'passes' },
      { kind: 'exception', outcome: 'decides', name: 'Garage door', tileId: 'garage', roomId: 'kitchen', level: 'no' },
      { kind: 'role', outcome: 'not-asked', name: 'member' },
    ]);
  });

  it('names the rule as it was written', () => {
    const { steps } = evaluate(device('write home/%u'), uses, question('publish', 'home/plug'));
    expect(steps.at(-1)).toMatchObject({ rule: { access: 'write', filter: 'home/%u' }, outcome: 'decides' });
  });
});
