import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Exception, Grants, Level } from '../../../shared/api/people.ts';
import { compile } from '../../../shared/acl/compile.ts';
import { evaluate } from '../../../shared/acl/evaluate.ts';
import type { ListedRule, RuleList, Standing } from '../../../shared/acl/standing.ts';
import { usesOf } from '../../../shared/acl/uses.ts';
import { topicMatches } from '../../../shared/mqtt/topic.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { filterOf, topicOf } from './arbitrary.ts';
import { question } from './house.ts';

const level = fc.constantFrom<Level>('no', 'see', 'operate');
const hours = fc.record({
  days: fc.constantFrom<Exclude<Exception['hours'], undefined>['days']>([1], [1, 2], [6, 7]),
  fromMinute: fc.constantFrom(0, 700, 1_300),
  toMinute: fc.constantFrom(100, 730, 1_440),
});
const tileId = fc.constantFrom('a', 'b', 'c');
const way = fc.constantFrom('both', 'on', 'off');
const grants: fc.Arbitrary<Grants> = fc.record({
  otherRooms: level,
  rooms: fc.dictionary(fc.constantFrom('living', 'kitchen'), level),
  exceptions: fc.array(fc.record({ tileId, level, hours, pin: fc.boolean() }, { requiredKeys: ['tileId', 'level'] }), {
    maxLength: 3,
  }),
});
const pattern = fc.oneof(filterOf, fc.constantFrom('a/%u', '%c/#', '$SYS/#', '%u/+'));
const listed: fc.Arbitrary<ListedRule> = fc.record({
  access: fc.constantFrom('read', 'write', 'readwrite', 'deny'),
  filter: pattern,
});
const list: fc.Arbitrary<RuleList> = fc.record({
  kind: fc.constantFrom('topic-rule', 'group-rule', 'role-rule'),
  rules: fc.array(listed, { maxLength: 6 }),
});
const standing: fc.Arbitrary<Standing> = fc
  .record({
    kind: fc.constantFrom<Standing['kind']>('person', 'device', 'app'),
    userName: fc.constantFrom('a', 'b', '+', 'a/b', ''),
    isOut: fc.constantFrom(false, false, false, true),
    role: fc.constantFrom('owner', 'member', 'guest', 'kiosk'),
    grants,
    app: fc.record({
      name: fc.constant('app'),
      level: fc.constantFrom('see', 'operate'),
      rooms: fc.option(fc.constantFrom(['living'], ['kitchen'], []), { nil: undefined }),
    }),
    lists: fc.array(list, { maxLength: 3 }),
  })
  .map(({ kind, role, grants: given, app, ...rest }) => ({
    kind,
    ...rest,
    ...(kind === 'device' ? {} : { role, grants: given }),
    ...(kind === 'app' ? { app } : {}),
  })) as fc.Arbitrary<Standing>;

/** Tiles whose topics are made of the same few levels as rules and questions. */
const uses = fc
  .array(
    fc.record({
      id: tileId,
      roomId: fc.constantFrom('living', 'kitchen'),
      stateTopic: topicOf,
      commandTopic: topicOf,
      pin: fc.option(way, { nil: undefined }),
    }),
    {
      maxLength: 3,
    },
  )
  .map((tiles) => {
    const once = [...new Map(tiles.map((tile) => [tile.id, tile])).values()];
    return usesOf(
      testHouse(
        once.map(({ id, roomId, pin, ...topics }) =>
          switchTile(id, { roomId, ...(pin ? { pin } : {}), bindings: { power: { type: 'boolean', ...topics } } }),
        ),
      ),
    );
  });
const anyTopic = fc.oneof(topicOf, fc.constantFrom('$SYS/x', '$kachel/house', 'a/a', 'b'));
const options = { numRuns: 1_000 };

test('the compiled, remembered answer is the plain one', () => {
  fc.assert(
    fc.property(standing, uses, fc.array(anyTopic, { maxLength: 8 }), fc.nat(10_080), (who, tiles, topics, minute) => {
      const atMs = Date.UTC(2026, 0, 5) + minute * 60_000;
      const decider = compile(who, tiles, { atMs, zone: () => 60, clientId: 'a' });
      for (const topic of [...topics, ...topics]) {
        for (const action of ['publish', 'receive'] as const) {
          const plain = evaluate(who, tiles, question(action, topic, { atMs, zone: () => 60, clientId: 'a' }));
          expect(decider.decide(action, topic), `${action} ${topic}`).toBe(plain.isAllowed);
        }
      }
    }),
    options,
  );
});

test('a page that may subscribe is refused none of it but what a denial names', () => {
  fc.assert(
    fc.property(standing, uses, filterOf, topicOf, (who, tiles, filter, topic) => {
      if (who.kind !== 'person' || !topicMatches(filter, topic)) return;
      if (!evaluate(who, tiles, question('subscribe', filter)).isAllowed) return;
      const received = evaluate(who, tiles, question('receive', topic));
      const decisive = received.steps.find(({ outcome }) => outcome === 'decides');
      expect(received.isAllowed || decisive?.rule?.access === 'deny').toBe(true);
    }),
    options,
  );
});

test('what a device may not subscribe to holds nothing that it may receive', () => {
  fc.assert(
    fc.property(standing, uses, filterOf, topicOf, (who, tiles, filter, topic) => {
      if (who.kind === 'person' || !topicMatches(filter, topic)) return;
      if (evaluate(who, tiles, question('subscribe', filter)).isAllowed) return;
      expect(evaluate(who, tiles, question('receive', topic)).isAllowed).toBe(false);
    }),
    options,
  );
});

test('a steps list has exactly one decision, and nothing is asked after it', () => {
  fc.assert(
    fc.property(standing, uses, filterOf, (who, tiles, filter) => {
      const { steps } = evaluate(who, tiles, question('subscribe', filter));
      const decided = steps.findIndex(({ outcome }) => outcome === 'decides');
      expect(steps.map(({ outcome }) => outcome)).toEqual(
        steps.map((_, index) => (index < decided ? 'passes' : index === decided ? 'decides' : 'not-asked')),
      );
    }),
    options,
  );
});
