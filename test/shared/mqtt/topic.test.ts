import { describe, expect, test } from 'vitest';
import {
  isCleanText,
  isTopicFilter,
  isTopicName,
  parseSharedFilter,
  topicMatches,
  utf8Length,
} from '../../../shared/mqtt/topic.ts';

describe('topic names', () => {
  test.each([
    'a',
    '/',
    '//',
    'a/b',
    ' ',
    'house/rooms/wc/sensors/temperature',
    '$SYS/x',
    'ä/日本/💡',
    '\ufeffa',
    'x'.repeat(65_535),
  ])('%j is legal', (topic) => expect(isTopicName(topic)).toBe(true));
  test.each([
    '',
    '+',
    'a/+',
    '#',
    'a#',
    'a\u0000',
    'a\ud800',
    '\udc00a',
    'a\u0007',
    'a\u009f',
    '\ufffe',
    '\u{1ffff}',
    'ä'.repeat(32_768),
  ])('%j is refused', (topic) => expect(isTopicName(topic)).toBe(false));
});

describe('topic filters', () => {
  test.each(['#', '+', 'a/#', '+/+', '/+', 'a/+/b', '$SYS/#', '$share/g/a/#', '$share/g//', '$shared/a'])(
    '%j is legal',
    (filter) => expect(isTopicFilter(filter)).toBe(true),
  );
  test.each([
    '',
    'a#',
    '#/a',
    'a/#/b',
    'a+',
    '+a/b',
    '$share',
    '$share/',
    '$share/g',
    '$share/g/',
    '$share//a',
    '$share/g+/a',
    '$share/g/a#',
  ])('%j is refused', (filter) => expect(isTopicFilter(filter)).toBe(false));
  test('a shared filter is taken apart', () => {
    expect(parseSharedFilter('$share/group/a/+/#')).toEqual({ group: 'group', filter: 'a/+/#' });
    expect(parseSharedFilter('a/b')).toBeUndefined();
  });
});

export const matching: readonly (readonly [filter: string, topic: string, expected: boolean])[] = [
  ['a/b', 'a/b', true],
  ['a/b', 'A/b', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/', true],
  ['a/+', 'a', false],
  ['a/+', 'a/b/c', false],
  ['+', 'a', true],
  ['+', '/a', false],
  ['+/+', '/a', true],
  ['/+', '/a', true],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['a/#', 'ab', false],
  ['#', 'a/b', true],
  ['#', '$SYS/a', false],
  ['+/a', '$SYS/a', false],
  ['$SYS/#', '$SYS/a', true],
  ['$SYS/+', '$SYS/a', true],
  ['a/+/c', 'a//c', true],
  ['a/b', 'a/b/', false],
];

describe('matching', () => {
  test.each(matching)('%j against %j is %j', (filter, topic, expected) =>
    expect(topicMatches(filter, topic)).toBe(expected),
  );
});

test('the byte length counts pairs once', () => {
  for (const text of ['a', 'ä', '日', '💡', 'aä日💡'])
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
});

test('a byte-order mark is an ordinary character [MQTT-1.5.4-3]', () => expect(isCleanText('\ufeff')).toBe(true));
