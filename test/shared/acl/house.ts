import type { Grants, TopicRule } from '../../../shared/api/people.ts';
import { evaluate } from '../../../shared/acl/evaluate.ts';
import type { Question, RuleList, Standing } from '../../../shared/acl/standing.ts';
import { usesOf } from '../../../shared/acl/uses.ts';
import { switchTile, testHouse, valueTile } from '../../support/house.ts';

/** Living: lamp (lamp/state, lamp/set), a sensor that shows lamp/state too, one with availability. Kitchen: garage. */
export const uses = usesOf(
  testHouse([
    switchTile('lamp', { title: 'Lamp' }),
    valueTile('echo', 'lamp/state'),
    valueTile('air', 'air/value', { availability: { topic: 'air/LWT' } }),
    switchTile('garage', { title: 'Garage door', roomId: 'kitchen' }),
  ]),
);

export const mondayNoon = Date.UTC(2026, 0, 5, 12);
const nothing: Grants = { otherRooms: 'no', rooms: {}, exceptions: [] };

export const rule = (text: string): TopicRule => {
  const [access, filter] = text.split(' ') as [TopicRule['access'], string];
  return { access, filter };
};
export const own = (...rules: string[]): RuleList => ({ kind: 'topic-rule', rules: rules.map(rule) });
export const member = (grants: Partial<Grants> = {}, over: Partial<Standing> = {}): Standing => ({
  kind: 'person',
  userName: 'Lena',
  isOut: false,
  role: 'member',
  grants: { ...nothing, ...grants },
  lists: [],
  ...over,
});
export const owner = (over: Partial<Standing> = {}): Standing =>
  member({}, { userName: 'Anna', role: 'owner', ...over });
export const device = (...rules: string[]): Standing => ({
  kind: 'device',
  userName: 'plug',
  isOut: false,
  lists: [own(...rules)],
});

export const question = (action: Question['action'], topic: string, over: Partial<Question> = {}): Question => ({
  action,
  topic,
  clientId: 'c1',
  atMs: mondayNoon,
  zone: () => 0,
  ...over,
});

/** The answer and what decided, in one word: `yes room`, `no closed`. */
export function verdict(
  standing: Standing,
  action: Question['action'],
  topic: string,
  over?: Partial<Question>,
): string {
  const { isAllowed, steps } = evaluate(standing, uses, question(action, topic, over));
  return `${isAllowed ? 'yes' : 'no'} ${steps.find(({ outcome }) => outcome === 'decides')?.kind}`;
}
