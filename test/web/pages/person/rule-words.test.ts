import { describe, expect, it } from 'vitest';
import { filterFor, ruleWords } from '../../../../web/pages/person/rule-words.ts';

describe('a rule in words', () => {
  it.each([
    ['#', 'rule.all'],
    ['%u/#', 'rule.userFirst'],
    ['%u', 'rule.userFirst'],
    ['+/%u/#', 'rule.userSecond'],
    ['stat/%u/#', 'rule.user'],
    ['+/+/%u', 'rule.user'],
    ['home/%c/state', 'rule.client'],
    ['%u/%c', 'rule.userAndClient'],
    ['stat/plug/#', undefined],
    ['+/state', undefined],
  ])('%s: %s', (filter, words) => {
    expect(ruleWords(filter)).toBe(words);
  });
});

describe('the filter of a rule', () => {
  it.each([
    ['+/%u/#', 'plug', '+/plug/#'],
    ['%u/%c', 'plug', 'plug/%c'],
    ['+/%u/#', undefined, '+/%u/#'],
    // A name that would change the shape stays out of it.
    ['%u/#', 'a/b', '%u/#'],
  ])('%s for %s: %s', (filter, userName, shown) => {
    expect(filterFor(filter, userName)).toBe(shown);
  });
});
