import { describe, expect, test } from 'vitest';
import { formatNumber, formatQuantity, noNumber, speakQuantity } from '../../../web/text/format.ts';

describe('formatNumber', () => {
  test.each([
    [21.456, { language: 'en', unit: '°C' }, '21.5'],
    [21.456, { language: 'de', unit: '°C' }, '21,5'],
    [45.4, { language: 'en', unit: '%' }, '45'],
    [1640, { language: 'en', unit: 'ppm' }, '1\u202f640'],
    [1408.4, { language: 'de', unit: 'W' }, '1\u202f408'],
    [1.26, { language: 'en', unit: 'kW' }, '1.3'],
    [-3.25, { language: 'de', unit: '°C' }, '\u22123,3'],
    [3.28, { language: 'en', unit: 'V' }, '3.3'],
    [1.84, { language: 'de', unit: 'm' }, '1,84'],
    [2.35, { language: 'en', unit: 'bar' }, '2.35'],
    [-0.01, { language: 'en', unit: '°C' }, '0.0'],
    [0.123456, { language: 'en' }, '0.12'],
    [18, { language: 'en' }, '18'],
    [18, { language: 'en', decimals: 2 }, '18.00'],
    [1234567.5, { language: 'de', decimals: 1 }, '1\u202f234\u202f567,5'],
    [Number.NaN, { language: 'en' }, noNumber],
    [Infinity, { language: 'en', unit: '%' }, noNumber],
    [1e300, { language: 'en' }, '1.00e+300'],
  ] as const)('%d %o → %s', (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text);
  });
});

test.each([
  [62, '%', '62\u00a0%'],
  [90, '°', '90°'],
  [7, undefined, '7'],
])('%d with unit %s is %s', (value, unit, text) => {
  expect(formatQuantity(value, { language: 'en', unit })).toBe(text);
});

test.each([
  [62, 'en', '%', '62 percent'],
  [62, 'de', '%', '62 Prozent'],
  [-3.5, 'en', '°C', 'minus 3.5 degrees'],
  [1640, 'en', 'ppm', '1640 ppm'],
  [84, 'de', 'W', '84 Watt'],
] as const)('%d is said in %s as %s', (value, language, unit, text) => {
  expect(speakQuantity(value, { language, unit })).toBe(text);
});
