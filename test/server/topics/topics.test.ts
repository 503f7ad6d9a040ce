import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTopicIndex, maxIndexPayloadBytes, maxSamples, maxTopics } from '../../../server/topics/topic-index.ts';
import type { TopicsReply } from '../../../shared/api/contract.ts';
import { encodeUtf8 } from '../../../shared/payload/text.ts';
import { testApp } from '../../support/app.ts';
import { publish } from '../../support/publish.ts';

const said = (topic: string, text: string, atMs = 1_000) => ({
  message: { topic, payload: encodeUtf8(text), qos: 0 as const, retain: false },
  atMs,
});

describe('the index of live topics', () => {
  it('is bounded: the newest topics win', () => {
    const index = createTopicIndex(2);
    for (const topic of ['a', 'b', 'a', 'c']) index.note(said(topic, 'x'));
    expect(index.search({ nowMs: 0 }).topics.map((one) => one.topic)).toEqual(['c', 'a']);
    expect(index.size).toBe(2);
  });

  it('drops the oldest when many new ones come', () => {
    const index = createTopicIndex();
    for (let topic = 0; topic < 2 * maxTopics; topic += 1) index.note(said(`filler/${topic}`, 'x'));
    const topics = index.search({ nowMs: 0, limit: 2 }).topics;
    expect(topics.map((one) => one.topic)).toEqual([`filler/${2 * maxTopics - 1}`, `filler/${2 * maxTopics - 2}`]);
    expect(index.size).toBeLessThanOrEqual(maxTopics);
    expect(index.size).toBeGreaterThan(maxTopics / 2);
  });

  it('keeps a few distinct samples and cuts what is huge', () => {
    const index = createTopicIndex();
    for (let turn = 0; turn < 20; turn += 1) index.note(said('t', `${turn % 7}`));
    index.note(said('big', 'x'.repeat(1_000_000)));
    const [big, few] = index.search({ nowMs: 0 }).topics;
    expect(few).toMatchObject({ count: 20, text: '5' });
    expect(few?.samples).toHaveLength(maxSamples);
    expect(new Set(few?.samples).size).toBe(maxSamples);
    expect(big).toMatchObject({ cutFromBytes: 1_000_000, text: 'x'.repeat(maxIndexPayloadBytes) });
  });

  it('finds topics by several words, and leaves the server’s own out', () => {
    const index = createTopicIndex();
    for (const topic of ['house/wc/temperature', 'house/wc/light', '$SYS/broker/uptime']) index.note(said(topic, '1'));
    expect(index.search({ search: 'WC temp', nowMs: 0 })).toMatchObject({
      total: 1,
      topics: [{ topic: 'house/wc/temperature' }],
    });
    expect(index.search({ search: 'sys', nowMs: 0 }).total).toBe(0);
  });

  it('knows retained messages from before a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'kachel-topics-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const databaseFile = join(dataDir, 'kachel.db');
    const first = await testApp({ databaseFile });
    await publish(first.app, 'attic/temperature', '19.5', true);
    await first.app.close();
    const second = await testApp({ databaseFile });
    const reply = (await second.request({ url: '/api/topics?search=attic' })).json<TopicsReply>();
    expect(reply.topics).toMatchObject([{ topic: 'attic/temperature', text: '19.5', retained: true }]);
  });
});
