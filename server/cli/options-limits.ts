import { limitRanges, type LimitRange } from '../broker/engine/limit-ranges.ts';
import { defaultLimits, limitName, type EngineLimits } from '../broker/engine/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Option, Settings } from './option.ts';
import type { Complaint } from './words.ts';

type LimitKey = keyof EngineLimits;

const keys = Object.keys(limitRanges) as LimitKey[];
const byName = new Map(keys.map((key) => [limitName(key), key]));

/** Every limit by name, with what it is when nobody says otherwise. */
export const namedDefaults: readonly (readonly [name: string, value: string])[] = keys.map((key) => [
  limitName(key),
  typeof defaultLimits[key] === 'boolean' ? (defaultLimits[key] ? 'yes' : 'no') : String(defaultLimits[key]),
]);

const wholeNumber = /^\d{1,15}$/;

function readValue(name: string, text: string, range: LimitRange): Result<number | boolean | string, Complaint> {
  if ('isSwitch' in range) {
    if (/^(yes|1|on|true)$/i.test(text)) return ok(true);
    return /^(no|0|off|false)$/i.test(text)
      ? ok(false)
      : fail({ word: 'needsLimitWord', params: { name, words: 'yes, no' } });
  }
  if ('words' in range) {
    const word = range.words.find((one) => one === text);
    return word === undefined
      ? fail({ word: 'needsLimitWord', params: { name, words: range.words.join(', ') } })
      : ok(word);
  }
  const value = wholeNumber.test(text) ? Number(text) : NaN;
  const isWithin = value >= range.min && value <= range.max;
  return isWithin ? ok(value) : fail({ word: 'needsLimitNumber', params: { name, min: range.min, max: range.max } });
}

/** Who sets a limit per address means all addresses, his own machine included; `is-loopback-limited` says otherwise. */
const meantWith = (key: LimitKey, limits: Partial<EngineLimits>): Partial<EngineLimits> =>
  key === 'maxConnectionsPerAddress' ? { isLoopbackLimited: limits.isLoopbackLimited ?? true } : {};

function readOne(text: string, limits: Partial<EngineLimits>): Result<Partial<EngineLimits>, Complaint> {
  const [name = '', value = ''] = text.trim().split(/=(.*)/s, 2);
  const key = byName.get(name);
  if (!key) return fail({ word: 'needsLimitName', params: { name, names: [...byName.keys()].join(', ') } });
  const read = readValue(name, value.trim(), limitRanges[key]);
  return read.ok ? ok({ ...limits, ...meantWith(key, limits), [key]: read.value }) : read;
}

function brokerLimit(text: string, settings: Settings): Result<Partial<Settings>, Complaint> {
  let limits = settings.brokerLimits;
  for (const one of text.split(',')) {
    const read = readOne(one, limits);
    if (!read.ok) return read;
    limits = read.value;
  }
  return ok({ brokerLimits: limits });
}

export const limitOption: Option = {
  flag: '--broker-limit',
  variable: 'KACHEL_BROKER_LIMIT',
  placeholder: 'NAME=VALUE',
  isRepeatable: true,
  help: {
    en: 'a limit of the broker, see below; in the variable with commas',
    de: 'eine Grenze des Brokers, siehe unten; in der Variablen mit Kommas',
  },
  read: brokerLimit,
};
