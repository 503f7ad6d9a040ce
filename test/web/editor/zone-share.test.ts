import { describe, expect, it } from 'vitest';
import { percentText, spanText } from '../../../web/editor/tile/zone-share.ts';
import { translator } from '../../../web/text/define.ts';
import { editorWords } from '../../../web/text/editor.ts';

const hourMs = 3_600_000;

describe('the shares of zones in words', () => {
  it.each([
    [7 * 24, 'In the last 7 days:', 'In den letzten 7 Tagen:'],
    [6.8 * 24, 'In the last 7 days:', 'In den letzten 7 Tagen:'],
    [3.9 * 24, 'In the last 3 days:', 'In den letzten 3 Tagen:'],
    [47, 'In the last 47 hours:', 'In den letzten 47 Stunden:'],
    [0.2, 'In the last hour:', 'In der letzten Stunde:'],
  ])('%d hours', (hours, en, de) => {
    const shares = { fromMs: 0, shares: [1] };
    const say = (language: 'en' | 'de') => spanText(shares, hours * hourMs, translator(editorWords, language));
    expect([say('en'), say('de')]).toEqual([en, de]);
  });

  it.each([
    [0.914, '91\u00a0%'],
    [0.002, '< 1\u00a0%'],
    [0, '0\u00a0%'],
    [1, '100\u00a0%'],
  ])('%d', (share, text) => {
    expect(percentText(share, 'en')).toBe(text);
  });
});
