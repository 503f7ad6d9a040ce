import { describe, expect, it } from 'vitest';
import type { Range } from '../../../../shared/api/limits.ts';
import type { Tile } from '../../../../shared/house/house.ts';
import { countChoices, endsOf, firstRange, limitsInWords } from '../../../../web/pages/people/limits-text.ts';
import { translator } from '../../../../web/text/define.ts';
import { limitsWords } from '../../../../web/text/limits.ts';

const send = { commandTopic: 'a' };
const heater: Tile['bindings'] = { target: { type: 'number', unit: '°C', min: 5, max: 30, ...send } };
const bulb: Tile['bindings'] = { brightness: { type: 'number', max: 254, ...send } };
const colour: Tile['bindings'] = { color: { type: 'color', ...send } };
const english = { t: translator(limitsWords, 'en'), language: 'en' } as const;
const german = { t: translator(limitsWords, 'de'), language: 'de' } as const;
const plain = (texts: readonly string[]): string => texts.join(', ').replaceAll('\u00a0', ' ');

describe('limits in words', () => {
  it.each<[Range, Tile['bindings'] | undefined, string, string]>([
    [{ min: 17, max: 22.5 }, heater, '17 to 22.5 °C', '17 bis 22,5 °C'],
    [{ max: 127 }, bulb, 'at most 50 %', 'höchstens 50 %'],
    [{ min: 30 }, colour, 'at least 30 %', 'mindestens 30 %'],
    [{ max: 5 }, undefined, 'at most 5 %', 'höchstens 5 %'],
  ])('%o', (range, bindings, inEnglish, inGerman) => {
    expect(plain(limitsInWords({ range }, bindings, english))).toBe(inEnglish);
    expect(plain(limitsInWords({ range }, bindings, german))).toBe(inGerman);
  });

  it('tell how often, too', () => {
    expect(plain(limitsInWords({ timesPerHour: 1, range: { max: 80 } }, bulb, english))).toBe(
      'at most 31 %, once an hour',
    );
    expect(plain(limitsInWords({ timesPerHour: 3 }, bulb, german))).toBe('3-mal pro Stunde');
    expect(limitsInWords({}, bulb, german)).toEqual([]);
  });
});

it('a range begins with what fits the tile, and goes through its fields and back', () => {
  expect(firstRange(heater)).toEqual({ min: 5, max: 30 });
  expect(firstRange(bulb)).toEqual({ max: 203 });
  const { shown, written } = endsOf(bulb);
  expect([shown(203), written(80)]).toEqual([80, 203]);
});

it('the chosen number is among those to choose from', () => {
  expect(countChoices([1, 3], 2)).toEqual([1, 2, 3]);
  expect(countChoices([1, 3], 3)).toEqual([1, 3]);
  expect(countChoices([1, 3], undefined)).toEqual([1, 3]);
});
