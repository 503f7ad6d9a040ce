import { expect, test } from 'vitest';
import { knownTopicBytes, Topics } from '../../../server/broker/engine/topics.ts';

const limits = { maxTopicLevels: 10, maxKnownTopics: 20_000 };
const longName = (index: number): string => `${index}/`.padEnd(60_000, 'x');

test('a known name is one object, from a packet or by name', () => {
  const topics = new Topics(limits);
  const bytes = Buffer.from('a/ü');
  const topic = topics.fromBytes(bytes, 0, bytes.length);
  expect(topic.name).toBe('a/ü');
  expect(topics.fromName('a/ü')).toBe(topic);
  expect(topics.fromBytes(Buffer.from('xa/üx'), 1, 1 + bytes.length)).toBe(topic);
});

test('however long the names are, they take no more memory than ordinary ones', () => {
  let emptied = 0;
  const topics = new Topics(limits, () => emptied++);
  for (let index = 0; index < 1_000; index++) {
    topics.fromName(longName(index));
    expect(topics.knownBytes).toBeLessThanOrEqual(limits.maxKnownTopics * knownTopicBytes);
  }
  expect(emptied).toBeGreaterThan(5);
});

test('a house of ordinary names is never forgotten', () => {
  let emptied = 0;
  const topics = new Topics(limits, () => emptied++);
  for (let index = 0; index < 20_000; index++) topics.fromName(`house/floor${index % 10}/room${index}/lamp/state`);
  expect(emptied).toBe(0);
});

test('a house with more topics than remembered begins anew', () => {
  let emptied = 0;
  const topics = new Topics({ ...limits, maxKnownTopics: 100 }, () => emptied++);
  for (let index = 0; index < 250; index++) topics.fromName(`lamp/${index}`);
  expect(emptied).toBe(2);
});
