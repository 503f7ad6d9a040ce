import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FilterTree } from '../../../shared/mqtt/filter-tree.ts';
import { topicMatches } from '../../../shared/mqtt/topic.ts';

const level = fc.constantFrom('', 'a', 'b', '$x');
const topicOf = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filterOf = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'));

test('finds what topicMatches finds, for any filters and any topic', () => {
  fc.assert(
    fc.property(fc.uniqueArray(filterOf, { maxLength: 12 }), topicOf, (filters, topic) => {
      const tree = new FilterTree<string>();
      for (const filter of filters) tree.add(filter, filter);
      expect(tree.match(topic).sort()).toEqual(filters.filter((filter) => topicMatches(filter, topic)).sort());
    }),
  );
});

test('a removed filter matches no longer and leaves the others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(filterOf, { minLength: 1, maxLength: 12 }), topicOf, (filters, topic) => {
      const tree = new FilterTree<string>();
      for (const filter of filters) tree.add(filter, filter);
      const [first = '', ...rest] = filters;
      expect(tree.remove(first, first)).toBe(true);
      expect(tree.remove(first, first)).toBe(false);
      expect(tree.size).toBe(rest.length);
      expect(tree.match(topic).sort()).toEqual(rest.filter((filter) => topicMatches(filter, topic)).sort());
    }),
  );
});

test('any adding and removing leaves what would have been built anew', () => {
  const step = fc.record({ isAdded: fc.boolean(), filter: filterOf });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), topicOf, (steps, topic) => {
      const tree = new FilterTree<string>();
      const kept = new Set<string>();
      for (const { isAdded, filter } of steps) {
        expect(isAdded ? tree.add(filter, filter) : tree.remove(filter, filter)).toBe(isAdded !== kept.has(filter));
        if (isAdded) kept.add(filter);
        else kept.delete(filter);
      }
      expect(tree.size).toBe(kept.size);
      expect(tree.match(topic).sort()).toEqual([...kept].filter((filter) => topicMatches(filter, topic)).sort());
    }),
  );
});

test('many deep filters with wildcards are found', () => {
  const tree = new FilterTree<number>();
  const filters = Array.from({ length: 500 }, (_, index) =>
    [...Array.from({ length: 99 }, (_, depth) => ((index >> (depth % 9)) & 1 ? '+' : 'a')), '#'].join('/'),
  );
  for (const [index, filter] of filters.entries()) tree.add(filter, index);
  expect(tree.match(Array(100).fill('a').join('/'))).toHaveLength(filters.length);
  expect(tree.match(Array(98).fill('a').join('/'))).toEqual([]);
  for (const [index, filter] of filters.entries()) expect(tree.remove(filter, index)).toBe(true);
  expect(tree.size).toBe(0);
});

test('one filter holds many values, each once', () => {
  const tree = new FilterTree<number>();
  expect(tree.add('a/+', 1)).toBe(true);
  expect(tree.add('a/+', 1)).toBe(false);
  expect(tree.add('a/+', 2)).toBe(true);
  expect(tree.match('a/b')).toEqual([1, 2]);
  expect(tree.size).toBe(2);
});
