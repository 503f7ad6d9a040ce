import { describe, expect, it } from 'vitest';
import { Decisions, maxDecisionCharacters, maxDecisions } from '../../../shared/acl/decisions.ts';

const remembered = (decisions: Decisions, topics: readonly string[]): number =>
  topics.filter((topic) => decisions.get(topic) !== undefined).length;

describe('remembered decisions', () => {
  it('are what was decided', () => {
    const decisions = new Decisions();
    decisions.add('lamp/set', true);
    decisions.add('garage/set', false);
    expect([decisions.get('lamp/set'), decisions.get('garage/set'), decisions.get('other')]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it('are bounded in number', () => {
    const decisions = new Decisions();
    const topics = Array.from({ length: maxDecisions * 2 + 1 }, (_, index) => `t/${index}`);
    for (const topic of topics) decisions.add(topic, true);
    expect(remembered(decisions, topics)).toBe(1);
  });

  it('are bounded in characters, so that long topics fill no memory', () => {
    const decisions = new Decisions();
    const topics = Array.from({ length: 50 }, (_, index) => `${index}/${'x'.repeat(60_000)}`);
    for (const topic of topics) decisions.add(topic, true);
    const kept = topics.filter((topic) => decisions.get(topic) !== undefined);
    expect(kept.join('').length).toBeLessThanOrEqual(maxDecisionCharacters);
    expect(decisions.get(topics.at(-1)!)).toBe(true);
  });
});
