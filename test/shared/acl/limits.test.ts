import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/acl/compile.ts';
import { evaluate } from '../../../shared/acl/evaluate.ts';
import { limitAgainst, nothingSpent, type Spending } from '../../../shared/acl/limits.ts';
import type { Standing } from '../../../shared/acl/standing.ts';
import { usesOf } from '../../../shared/acl/uses.ts';
import type { Exception } from '../../../shared/api/people.ts';
import { bytes, switchTile, testHouse, testTile } from '../../support/house.ts';
import { member, mondayNoon, own, owner, question } from './house.ts';

const dimmer = testTile('dimmer', 'slider', { value: { type: 'number', unit: '%', commandTopic: 'dimmer/set' } });
const uses = usesOf(testHouse([dimmer, switchTile('door'), switchTile('echo', { roomId: 'kitchen' })]));
const exception = (tileId: string, over: Partial<Exception> = {}): Exception => ({ tileId, level: 'operate', ...over });
const ranged = member({ exceptions: [exception('dimmer', { range: { max: 80 } })] });
const timed = member({ exceptions: [exception('door', { timesPerHour: 2 })] });
const card = (usesLeft: number): Standing => member({ rooms: { living: 'operate' } }, { role: 'guest', usesLeft });
const bright = member({ rooms: { living: 'operate' }, atMostPercent: 80 });
const spent = (uses: number, isGoing = false): Spending => ({
  begins: () => Array.from({ length: uses }, (_, index) => mondayNoon - 30 * 60_000 + index),
  isGoing: () => isGoing,
});

type Row = readonly [
  what: string,
  standing: Standing,
  topic: string,
  payload: string | undefined,
  spending: Spending,
  verdict: string,
];

const rows: readonly Row[] = [
  ['within the range', ranged, 'dimmer/set', '80', nothingSpent, 'yes exception'],
  ['outside of it', ranged, 'dimmer/set', '81', nothingSpent, 'no exception range'],
  ['no question of what is sent', ranged, 'dimmer/set', undefined, nothingSpent, 'yes exception'],
  [
    'a rule of topics, which is asked first',
    { ...ranged, lists: [own('write dimmer/#')] },
    'dimmer/set',
    '99',
    nothingSpent,
    'yes topic-rule',
  ],
  ['an owner', owner(ranged.grants ? { grants: ranged.grants } : {}), 'dimmer/set', '99', nothingSpent, 'yes role'],
  [
    'an app of that person',
    { ...ranged, kind: 'app', app: { name: 'x', level: 'operate' } },
    'dimmer/set',
    '99',
    nothingSpent,
    'no exception range',
  ],
  [
    'what may not be operated anyway',
    member({ exceptions: [exception('dimmer', { level: 'see', range: { max: 8 } })] }),
    'dimmer/set',
    '9',
    nothingSpent,
    'no exception',
  ],
  ['the whole card', bright, 'dimmer/set', '81', nothingSpent, 'no card range'],
  ['the whole card, within', bright, 'dimmer/set', '80', nothingSpent, 'yes room'],
  ['the whole card, a switch', bright, 'door/set', 'whatever', nothingSpent, 'yes room'],
  ['two times, once used', timed, 'door/set', 'ON', spent(1), 'yes exception'],
  ['two times, twice used', timed, 'door/set', 'ON', spent(2), 'no exception times'],
  ['two times, the second goes on', timed, 'door/set', 'OFF', spent(2, true), 'yes exception'],
  ['two times, reading', timed, 'door/state', undefined, spent(2), 'yes exception'],
  ['a card with uses', card(1), 'door/set', 'ON', nothingSpent, 'yes room'],
  ['a card without', card(0), 'door/set', 'ON', nothingSpent, 'no card uses'],
  ['a card without, the last goes on', card(0), 'door/set', 'ON', spent(1, true), 'yes room'],
  ['a card without, another room', card(0), 'echo/set', 'ON', nothingSpent, 'no room'],
];

describe('limits', () => {
  it.each(rows)('%s', (_what, standing, topic, payload, spending, expected) => {
    const action = topic.endsWith('/set') ? 'publish' : 'receive';
    const asked = question(action, topic, { spending, ...(payload === undefined ? {} : { payload: bytes(payload) }) });
    const { isAllowed, steps } = evaluate(standing, uses, asked);
    const { kind, because } = steps.find(({ outcome }) => outcome === 'decides') ?? {};
    expect([isAllowed ? 'yes' : 'no', kind, because].filter(Boolean).join(' ')).toBe(expected);
  });

  it.each(rows.filter(([, , topic]) => topic.endsWith('/set')))('compiled: %s', (...row) => {
    const [, standing, topic, payload = '50', spending, expected] = row;
    const decider = compile(standing, uses, { atMs: mondayNoon, zone: () => 0, clientId: 'c1' });
    const limits = decider.limits(topic);
    const isRefused = limits && limitAgainst(limits, bytes(payload), { spending, atMs: mondayNoon }) !== undefined;
    expect(decider.decide('publish', topic) && !isRefused).toBe(expected.startsWith('yes'));
  });

  describe('tell when it works again', () => {
    const minuteMs = 60_000;
    const at = (hour: number, minute = 0): number => mondayNoon + ((hour - 12) * 60 + minute) * minuteMs;
    const used = (...begins: number[]): Spending => ({ begins: () => begins, isGoing: () => false });
    const nextYes = (over: Partial<Exception>, spending: Spending, atMs: number, more: Partial<Standing> = {}) => {
      const standing = member({ exceptions: [exception('door', over)] }, more);
      return evaluate(standing, uses, question('publish', 'door/set', { spending, atMs })).nextYesAtMs;
    };
    const workdays = { days: [1, 2, 3, 4, 5] as (1 | 2 | 3 | 4 | 5)[], fromMinute: 7 * 60, toMinute: 19 * 60 };
    const dayMs = 24 * 60 * minuteMs;

    it('an hour after the use that is in the way, on the next full minute', () => {
      const spending = used(at(11, 5) + 1, at(11, 20), at(11, 40));
      expect(nextYes({ timesPerHour: 3 }, spending, at(12))).toBe(at(12, 6));
      expect(nextYes({ timesPerHour: 2 }, spending, at(12))).toBe(at(12, 20));
      expect(nextYes({ timesPerHour: 1 }, spending, at(12))).toBe(at(12, 40));
      expect(nextYes({ timesPerHour: 4 }, spending, at(12))).toBeUndefined();
    });

    it('not before the hours begin', () => {
      const limited = { timesPerHour: 1, hours: workdays };
      expect(nextYes(limited, used(at(18, 30)), at(18, 45))).toBe(at(7) + dayMs);
      // What was used shortly before the end has nothing to say about tomorrow.
      expect(nextYes(limited, used(at(18, 30)), at(19, 10))).toBe(at(7) + dayMs);
      expect(nextYes(limited, used(at(6, 30)), at(6, 40))).toBe(at(7, 30));
    });

    it('never after the end', () => {
      expect(nextYes({ timesPerHour: 1 }, used(at(11, 30)), at(12), { endsAtMs: at(12, 30) })).toBeUndefined();
    });
  });

  it('that decide come first, what they overrule after them', () => {
    const { steps } = evaluate(ranged, uses, question('publish', 'dimmer/set', { payload: bytes('81') }));
    expect(steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'account passes',
      'exception decides',
      'role not-asked',
    ]);
    expect(steps[1]).toMatchObject({ range: { max: 80 }, because: 'range', tileId: 'dimmer' });
  });
});
