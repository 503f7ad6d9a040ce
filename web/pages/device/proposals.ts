import type { DeviceRights, TopicRule, UsedTopic } from '../../../shared/api/people.ts';

const everything = '#';
const isSame = (a: TopicRule, b: TopicRule): boolean => a.filter === b.filter && a.access === b.access;
const isWide = ({ filter, access }: TopicRule): boolean => filter === everything && access !== 'deny';

/** Proposals that are no rules yet. */
export const newProposals = ({ rules, proposed }: DeviceRights): readonly TopicRule[] =>
  proposed.filter((one) => !rules.some((rule) => isSame(rule, one)));

/** The rules after accepting: proposals join, the wide rule goes. */
export const acceptedRules = (rights: DeviceRights): TopicRule[] => [
  ...rights.rules.filter((rule) => !isWide(rule)),
  ...newProposals(rights),
];

/** A wish that reaches over many things or into the broker's own topics is not allowed from here. */
export const isDangerous = ({ filter }: Pick<UsedTopic, 'filter'>): boolean => {
  const [first = ''] = filter.replace(/^\$share\/[^/]*\//, '').split('/');
  return first === '#' || first === '+' || first === '' || first.startsWith('$');
};

/** The rule that grants a wish, no wider. */
export const ruleFor = ({ filter, access }: UsedTopic): TopicRule => ({
  access,
  filter: filter.replace(/^\$share\/[^/]*\//, ''),
});
