import { describe, expect, it } from 'vitest';
import { maxAnswers, TopicAnswers } from '../../../shared/mqtt/topic-answers.ts';

const maxCharacters = 100_000;

const remembered = (answers: TopicAnswers, topics: readonly string[]): number =>
  topics.filter((topic) => answers.get(topic) !== undefined).length;

describe('remembered answers about topics', () => {
  it('are what was decided', () => {
    const answers = new TopicAnswers(maxCharacters);
    answers.add('lamp/set', true);
    answers.add('garage/set', false);
    expect([answers.get('lamp/set'), answers.get('garage/set'), answers.get('other')]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it('are bounded in number', () => {
    const answers = new TopicAnswers(maxCharacters);
    const topics = Array.from({ length: maxAnswers * 2 + 1 }, (_, index) => `t/${index}`);
    for (const topic of topics) answers.add(topic, true);
    expect(remembered(answers, topics)).toBe(1);
  });

  it('are bounded in characters, so that long topics fill no memory', () => {
    const answers = new TopicAnswers(maxCharacters);
    const topics = Array.from({ length: 50 }, (_, index) => `${index}/${'x'.repeat(60_000)}`);
    for (const topic of topics) answers.add(topic, true);
    const kept = topics.filter((topic) => answers.get(topic) !== undefined);
    expect(kept.join('').length).toBeLessThanOrEqual(maxCharacters);
    expect(answers.get(topics.at(-1)!)).toBe(true);
  });

  it('stay when one comes that is too long by itself', () => {
    const answers = new TopicAnswers(10);
    answers.add('lamp', true);
    answers.add('a/very/long/topic', true);
    expect([answers.get('lamp'), answers.get('a/very/long/topic')]).toEqual([true, undefined]);
  });
});
