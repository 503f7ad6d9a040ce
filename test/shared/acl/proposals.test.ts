import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { covers } from '../../../shared/acl/filters.ts';
import { proposeRules } from '../../../shared/acl/proposals.ts';
import { allows } from '../../../shared/acl/standing.ts';
import type { UsedTopic } from '../../../shared/api/people.ts';
import { filterOf, topicOf } from './arbitrary.ts';

const used = (access: UsedTopic['access'], ...filters: string[]): UsedTopic[] =>
  filters.map((filter) => ({ access, filter, count: 1, lastAtMs: 0 }));
const proposed = (names: string[], ...lists: UsedTopic[][]): string[] =>
  proposeRules(lists.flat(), names).map(({ access, filter }) => `${access} ${filter}`);

describe('narrow rules', () => {
  it('of a Tasmota plug lie below its name', () => {
    const rules = proposed(
      ['plug1'],
      used('write', 'tele/plug1/LWT', 'tele/plug1/STATE', 'stat/plug1/POWER', 'tasmota/discovery/AB12/config'),
      used('read', 'cmnd/plug1/#', 'cmnd/tasmotas/#', 'cmnd/DVES_AB12_fb/#'),
    );
    expect(rules).toEqual([
      'write tele/plug1/#',
      'write stat/plug1/#',
      'write tasmota/discovery/AB12/config',
      'read cmnd/plug1/#',
      'read cmnd/tasmotas/#',
      'read cmnd/DVES_AB12_fb/#',
    ]);
  });

  it.each([
    ['of one sensor is its topic', used('write', 'house/rooms/wc/temperature'), ['write house/rooms/wc/temperature']],
    [
      'of several topics in one place lie below it',
      used('write', 'house/wc/temperature', 'house/wc/humidity', 'house/wc/light'),
      ['write house/wc/#'],
    ],
    ['of two topics in one place are both', used('write', 'a/b/c', 'a/b/d'), ['write a/b/c', 'write a/b/d']],
    [
      'of a bridge lie below its root',
      used('write', ...Array.from({ length: 8 }, (_, index) => `zigbee2mqtt/0x${index}`)),
      ['write zigbee2mqtt/#'],
    ],
    ['never allow everything', used('read', '#', '+/x', '$SYS/#'), []],
    [
      'join what is read and written',
      [...used('write', 'a/plug/x'), ...used('read', 'a/plug/#')],
      ['readwrite a/plug/#'],
    ],
    ['know names by their letters', used('write', 'x/PLUG_/y'), ['write x/PLUG_/#']],
  ])('%s', (_what, topics, rules) => {
    expect(proposed(['Plug'], topics)).toEqual(rules);
  });

  const usedTopics = fc
    .tuple(fc.array(topicOf, { maxLength: 10 }), fc.array(filterOf, { maxLength: 6 }))
    .map(([writes, reads]) => [...used('write', ...writes), ...used('read', ...reads)]);

  test('allow everything that was used and does not reach over the whole house, and never begin with a wildcard', () => {
    fc.assert(
      fc.property(usedTopics, fc.subarray(['a', 'bb', 'cc']), (topics, names) => {
        const rules = proposeRules(topics, names);
        for (const { filter, access } of topics) {
          if (/^[+#$]/.test(filter) || filter === '') continue;
          expect(
            rules.some((rule) => allows(rule.access, access) && covers(rule.filter, filter)),
            filter,
          ).toBe(true);
        }
        for (const { filter } of rules) expect(filter).not.toMatch(/^[+#$]/);
      }),
    );
  });
});
