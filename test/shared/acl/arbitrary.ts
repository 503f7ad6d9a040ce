import fc from 'fast-check';

/** Few levels, so that filters and topics meet often. */
const level = fc.constantFrom('', 'a', 'b', 'c', 'A', '$x');
export const topicOf = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
export const filterOf = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 0, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => [...levels, ...(isOpen || levels.length === 0 ? ['#'] : [])].join('/'));
