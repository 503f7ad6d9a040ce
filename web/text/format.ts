import type { Language } from './define.ts';

/** Numbers as people read them. Pure: the language decides, never the browser's locale. */

const nbsp = '\u00a0';
const thinNbsp = '\u202f';
const minus = '\u2212';
/** Shown where no number can be. */
export const noNumber = '–';

/** Digits after the decimal mark, by unit. */
const decimalsByUnit: Readonly<Record<string, number>> = {
  '°C': 1,
  '°F': 1,
  '°': 0,
  '%': 0,
  W: 0,
  VA: 0,
  kW: 1,
  Wh: 0,
  kWh: 1,
  MWh: 2,
  V: 1,
  A: 1,
  mA: 0,
  mV: 0,
  Hz: 1,
  ppm: 0,
  ppb: 0,
  'µg/m³': 0,
  hPa: 0,
  mbar: 0,
  bar: 2,
  lx: 0,
  lm: 0,
  K: 0,
  dB: 0,
  dBm: 0,
  'm/s': 1,
  'km/h': 0,
  mm: 1,
  cm: 0,
  m: 2,
  km: 1,
  l: 0,
  'l/min': 1,
  'm³': 2,
  s: 0,
  min: 0,
  h: 1,
};

/** Digits shown when neither tile nor unit say so: as many as the number has, two at most. */
const openDecimals = 2;
/** From here on a number is written with a power of ten. */
const maxPlain = 1e15;

export interface NumberFormat {
  readonly language: Language;
  readonly unit?: string | undefined;
  /** Wins over the unit's. */
  readonly decimals?: number | undefined;
  /** Groups thousands; default true. Off for screen readers. */
  readonly isGrouped?: boolean;
}

/** `-1234.5` with unit `°C` in German: `−1 234,5` (real minus, thin no-break space). Without the unit. */
export function formatNumber(value: number, format: NumberFormat): string {
  if (!Number.isFinite(value)) return noNumber;
  const digits = plainDigits(Math.abs(value), format);
  const [whole = '0', fraction] = digits.split('.');
  const grouped = format.isGrouped === false ? whole : groupThousands(whole);
  const mark = format.language === 'de' ? ',' : '.';
  const isNegative = value < 0 && /[1-9]/.test(digits);
  return `${isNegative ? minus : ''}${grouped}${fraction === undefined ? '' : mark + fraction}`;
}

function plainDigits(size: number, { unit, decimals }: NumberFormat): string {
  if (size >= maxPlain) return size.toExponential(2);
  const fixed = decimals ?? (unit === undefined ? undefined : decimalsByUnit[unit]);
  // 21.45 is stored a hair below: without the nudge it would round down.
  const nudged = size * (1 + 1e-12);
  return fixed === undefined ? String(Number(nudged.toFixed(openDecimals))) : nudged.toFixed(fixed);
}

/** Four digits are grouped as well: `1 640`. */
const groupThousands = (whole: string): string =>
  whole.length < 4 || /e/.test(whole) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, thinNbsp);

/** Number and unit with a no-break space between; `°` follows directly. */
export function formatQuantity(value: number, format: NumberFormat): string {
  const number = formatNumber(value, format);
  if (format.unit === undefined || format.unit === '') return number;
  return format.unit === '°' ? `${number}°` : `${number}${nbsp}${format.unit}`;
}

const spokenUnits: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    '°C': 'degrees',
    '°F': 'degrees Fahrenheit',
    '°': 'degrees',
    '%': 'percent',
    W: 'watts',
    kW: 'kilowatts',
    Wh: 'watt hours',
    kWh: 'kilowatt hours',
    V: 'volts',
    A: 'amperes',
    Hz: 'hertz',
    hPa: 'hectopascals',
    lx: 'lux',
    K: 'kelvin',
    'm/s': 'metres per second',
    'km/h': 'kilometres per hour',
    mm: 'millimetres',
    cm: 'centimetres',
    m: 'metres',
    km: 'kilometres',
    l: 'litres',
    'l/min': 'litres per minute',
    'm³': 'cubic metres',
    'µg/m³': 'micrograms per cubic metre',
    s: 'seconds',
    min: 'minutes',
    h: 'hours',
  },
  de: {
    '°C': 'Grad',
    '°F': 'Grad Fahrenheit',
    '°': 'Grad',
    '%': 'Prozent',
    W: 'Watt',
    kW: 'Kilowatt',
    Wh: 'Wattstunden',
    kWh: 'Kilowattstunden',
    V: 'Volt',
    A: 'Ampere',
    Hz: 'Hertz',
    hPa: 'Hektopascal',
    lx: 'Lux',
    K: 'Kelvin',
    'm/s': 'Meter pro Sekunde',
    'km/h': 'Kilometer pro Stunde',
    mm: 'Millimeter',
    cm: 'Zentimeter',
    m: 'Meter',
    km: 'Kilometer',
    l: 'Liter',
    'l/min': 'Liter pro Minute',
    'm³': 'Kubikmeter',
    'µg/m³': 'Mikrogramm pro Kubikmeter',
    s: 'Sekunden',
    min: 'Minuten',
    h: 'Stunden',
  },
};

/** "62 percent", "minus 3.5 degrees": as a screen reader should say it. */
export function speakQuantity(value: number, format: NumberFormat): string {
  const number = formatNumber(value, { ...format, isGrouped: false }).replace(minus, 'minus ');
  const { unit, language } = format;
  if (unit === undefined || unit === '') return number;
  return `${number} ${spokenUnits[language][unit] ?? unit}`;
}

/** Hours and minutes of the wall clock: `21:22`. */
export const formatClock = (atMs: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { hour: '2-digit', minute: '2-digit' }).format(atMs);
