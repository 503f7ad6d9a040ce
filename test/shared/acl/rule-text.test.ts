import { describe, expect, it } from 'vitest';
import { formatRule, parseRule } from '../../../shared/acl/rule-text.ts';

describe('a rule as text', () => {
  it.each([
    ['readwrite #', 'readwrite #'],
    ['  READ  a/+/b ', 'read a/+/b'],
    ['write my topic/%u', 'write my topic/%u'],
    ['deny %c', 'deny %c'],
  ])('%j is %s', (text, rule) => {
    const parsed = parseRule(text);
    expect(parsed && formatRule(parsed)).toBe(rule);
  });

  it.each(['', '#', 'read', 'all #', 'read a/#/b', 'read $share/g/a', 'read a/x%u'])('%j is none', (text) => {
    expect(parseRule(text)).toBeUndefined();
  });
});
