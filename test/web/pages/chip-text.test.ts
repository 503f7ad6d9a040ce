import { describe, expect, test } from 'vitest';
import type { Tile } from '../../../shared/house/house.ts';
import { chipText } from '../../../web/pages/chip-text.ts';
import { translator } from '../../../web/text/define.ts';
import { roomWords } from '../../../web/text/room.ts';

const tile = (title: string): Tile => ({ id: 'a', roomId: 'living', kind: 'light', title, bindings: {}, options: {} });
const say = (language: 'en' | 'de', topic: 'lights' | 'openings' | 'alerts', ...titles: string[]): string => {
  const t = translator(roomWords, language);
  return chipText({ topic, tiles: titles.map(tile) }, t, (n) => t('lightsOn', { n }));
};

describe('chipText', () => {
  test.each([
    [say('en', 'lights', 'A'), '1 light on'],
    [say('en', 'lights', 'A', 'B', 'C'), '3 lights on'],
    [say('de', 'lights', 'A', 'B'), '2 Lichter an'],
    [say('en', 'openings', 'Window'), 'Window open'],
    [say('de', 'openings', 'Fenster'), 'Fenster auf'],
    [say('en', 'openings', 'Window', 'Door'), '2 open'],
    [say('en', 'alerts', 'Water under the sink'), 'Water under the sink'],
    [say('de', 'alerts', 'Leck', 'Rauch'), '2 Meldungen'],
  ])('says %s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
