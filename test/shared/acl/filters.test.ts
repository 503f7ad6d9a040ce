import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { covers, fillNames, intersection, isRuleFilter } from '../../../shared/acl/filters.ts';
import { topicMatches } from '../../../shared/mqtt/topic.ts';
import { filterOf, topicOf } from './arbitrary.ts';

describe('a filter covers another', () => {
  it.each([
    ['#', 'a', true],
    ['#', '#', true],
    ['#', '+/#', true],
    ['+/#', '#', true],
    ['a/#', 'a', true],
    ['a/#', 'a/+/b', true],
    ['a/+', 'a/#', false],
    ['a/+', 'a/b', true],
    ['a/b', 'a/+', false],
    ['a/+/#', 'a/#', false],
    ['+', '#', false],
    ['#', '$SYS/#', false],
    ['+/x', '$SYS/x', false],
    ['$SYS/#', '$SYS/broker/#', true],
    ['a', 'A', false],
    ['a', 'a/', false],
    ['a/', 'a', false],
  ])('%s over %s: %s', (outer, inner, isCovered) => {
    expect(covers(outer, inner)).toBe(isCovered);
  });

  test('exactly when every topic of the inner one is one of the outer one', () => {
    fc.assert(
      fc.property(filterOf, filterOf, fc.array(topicOf, { minLength: 20, maxLength: 20 }), (outer, inner, topics) => {
        if (!covers(outer, inner)) return;
        for (const topic of topics) if (topicMatches(inner, topic)) expect(topicMatches(outer, topic)).toBe(true);
      }),
    );
  });
});

describe('two filters meet', () => {
  it.each([
    ['a/#', 'a', 'a'],
    ['a/#', '+/b/+', 'a/b/+'],
    ['+/b', 'a/+', 'a/b'],
    ['#', 'x/y', 'x/y'],
    ['a/b', 'a/c', undefined],
    ['a', 'a/b', undefined],
    ['#', '$SYS/#', undefined],
    ['$SYS/#', '$SYS/+/x', '$SYS/+/x'],
  ])('%s and %s in %s', (first, second, common) => {
    expect(intersection(first, second)).toBe(common);
    expect(intersection(second, first)).toBe(common);
  });

  test('in exactly the topics that match both', () => {
    fc.assert(
      fc.property(filterOf, filterOf, topicOf, (first, second, topic) => {
        const common = intersection(first, second);
        const isCommon = common !== undefined && topicMatches(common, topic);
        expect(isCommon).toBe(topicMatches(first, topic) && topicMatches(second, topic));
      }),
    );
  });
});

describe('names in rules', () => {
  const names = { userName: 'plug', clientId: 'c1' };
  it.each([
    ['stat/%u/#', 'stat/plug/#'],
    ['%c/%u', 'c1/plug'],
    ['a/b', 'a/b'],
  ])('%s is %s', (written, filled) => {
    expect(fillNames(written, names)).toBe(filled);
  });

  it.each(['', 'a/b', '+', '#', 'a+', 'a\u0000b', 'a\nb'])(
    'that are %j fit no allowance, and every denial',
    (userName) => {
      expect(fillNames('home/%u', { ...names, userName })).toBeUndefined();
      expect(fillNames('home/%u', { ...names, userName }, '+')).toBe('home/+');
    },
  );

  it.each([
    ['a/%u/#', true],
    ['%c', true],
    ['a/x%u', false],
    ['%u%c', false],
    ['$share/g/a', false],
    ['a/#/b', false],
    ['', false],
    ['$SYS/#', true],
  ])('%s may stand in a rule: %s', (filter, isOne) => {
    expect(isRuleFilter(filter)).toBe(isOne);
  });
});
