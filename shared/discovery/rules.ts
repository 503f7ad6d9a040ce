import type { Guess } from './guess.ts';
import type { CommandTopic } from './relations.ts';
import { colorFormatOf } from './colors.ts';
import { compact } from './compact.ts';
import { readNumber } from './numbers.ts';
import { deviceClassOf, readOnOff, readStatus, type OnOff } from './states.ts';
import { quantityOf, rangeOf } from './units.ts';
import {
  isCounterWord,
  isCoverWord,
  isDiagnosticWord,
  isLightWord,
  isSetWord,
  isSwitchWord,
  isTimeWord,
} from './words.ts';

/** One scalar with its words; `samples` hold only real values, newest first. */
export interface ScalarInput {
  readonly words: readonly string[];
  readonly samples: readonly string[];
  readonly command: CommandTopic | undefined;
  /** Topic that is proposed for commands when no other is known (devices that listen where they report); absent for JSON leaves. */
  readonly sameTopic?: string;
  readonly hasRoom: boolean;
}

/** What a rule says about a scalar. */
export type ScalarGuess = Pick<Guess, 'widget' | 'isSettable'> & Partial<Guess>;

const text: ScalarGuess = { widget: 'text', isSettable: false };

/** The topic that takes orders: a known one, else the very topic the device reports on. */
const orderTopic = (input: ScalarInput): string | undefined => input.command?.topic ?? input.sameTopic;
const isSeen = (input: ScalarInput): boolean => input.command?.source === 'sibling';

const colorRule = (input: ScalarInput): ScalarGuess | undefined => {
  const colorFormat = colorFormatOf(input.samples[0] ?? '', input.words);
  if (!colorFormat) return undefined;
  const commandTopic = orderTopic(input);
  return commandTopic === undefined ? text : { widget: 'color', colorFormat, isSettable: true, commandTopic };
};

const isActuator = (words: readonly string[]): boolean => words.slice(-2).some(isSwitchWord) || words.some(isLightWord);
/** "power 1" may be one watt. */
const isDigitActuator = (words: readonly string[]): boolean => isActuator(words.filter((word) => word !== 'power'));

/** 0 and 1 mean off and on only where somebody switches, or where nothing speaks of a quantity. */
const isPlainDigit = ({ words, samples }: ScalarInput): boolean =>
  samples.length < 2 || quantityOf(words) !== undefined || isCounterWord(words.at(-1) ?? '');

const onOffRule = (input: ScalarInput): ScalarGuess | undefined => {
  const pair = readOnOff(input.samples);
  if (!pair || (pair.isDigit && !isDigitActuator(input.words) && isPlainDigit(input))) return undefined;
  const deviceClass = deviceClassOf(input.words);
  const commandTopic = orderTopic(input);
  const isOperable = isSeen(input) || isActuator(input.words);
  if (commandTopic === undefined || !isOperable) return statusOf(input, pair, deviceClass);
  const widget = input.words.some(isLightWord) ? 'light' : 'switch';
  return { widget, on: pair.on, off: pair.off, isSettable: true, commandTopic };
};

function statusOf(input: ScalarInput, { on, off }: OnOff, deviceClass: string | undefined): ScalarGuess {
  // A contact that says "true" is closed: Zigbee2MQTT counts contact, not opening.
  const isContact = input.words.at(-1) === 'contact' && /^true$/i.test(on);
  const spelled = isContact ? { on: off, off: on } : { on, off };
  return { widget: 'binary-sensor', isSettable: false, ...spelled, ...compact({ deviceClass }) };
}

const statusRule = (input: ScalarInput): ScalarGuess | undefined => {
  const status = readStatus(input.samples);
  if (!status) return undefined;
  // Covers and locks are told as text until there are kinds for them.
  if (status.isMoving || input.words.some(isCoverWord)) return text;
  const deviceClass = deviceClassOf(input.words) ?? status.deviceClass;
  return { widget: 'binary-sensor', isSettable: false, ...compact({ on: status.on, off: status.off, deviceClass }) };
};

const isEpoch = (value: number, words: readonly string[]): boolean =>
  words.some(isTimeWord) && Number.isInteger(value) && /^\d{10}(\d{3})?$/.test(String(value));

const numberRule = (input: ScalarInput): ScalarGuess | undefined => {
  const readings = input.samples.map(readNumber);
  const first = readings[0];
  if (!first || !readings.every((reading) => reading !== undefined)) return undefined;
  if (isEpoch(first.value, input.words) || input.words.slice(-1).some(isDiagnosticWord)) return text;
  const values = readings.map((reading) => reading.value);
  const unit = first.unit ?? quantityOf(input.words)?.unit;
  const slider = sliderOf(input, values, unit);
  return slider ?? readingOf(input, values, unit);
};

/** Ends of a slider: percent, a byte, or whatever holds the values seen. */
const sliderRange = (values: readonly number[], unit: string | undefined): readonly [number, number] => {
  const top = Math.max(...values);
  if (unit === '°C') return [5, 30];
  if (top <= 100) return [0, 100];
  return top <= 255 ? [0, 255] : [0, 10 ** Math.ceil(Math.log10(top))];
};

function sliderOf(input: ScalarInput, values: readonly number[], unit: string | undefined): ScalarGuess | undefined {
  const isSettable = isSeen(input) || isSetWord(input.words.at(-1) ?? '');
  const commandTopic = orderTopic(input);
  if (commandTopic === undefined || !isSettable || Math.min(...values) < 0) return undefined;
  const [min, max] = sliderRange(values, unit);
  const step = unit === '°C' ? 0.5 : 1;
  const shownUnit = unit ?? (max === 100 ? '%' : undefined);
  return { widget: 'slider', min, max, step, isSettable: true, commandTopic, ...compact({ unit: shownUnit }) };
}

function readingOf(input: ScalarInput, values: readonly number[], unit: string | undefined): ScalarGuess {
  const quantity = quantityOf(input.words);
  const withUnit = compact({ unit });
  const isCounter = quantity?.isCounter ?? isCounterWord(input.words.at(-1) ?? '');
  const range = isCounter
    ? undefined
    : rangeOf(quantity, unit, input.hasRoom && values.every((value) => value >= 0 && value <= 40));
  if (!range || values.some((value) => value < range[0] || value > range[1]))
    return { widget: 'value', isSettable: false, ...withUnit };
  return { widget: 'gauge', min: range[0], max: range[1], isSettable: false, ...withUnit };
}

/** The rules of a single value in their order; the first that fits decides. */
const rules = [colorRule, onOffRule, statusRule, numberRule];

/** Judges one value; texts, times, addresses and everything unknown end as text. */
export function guessScalar(input: ScalarInput): ScalarGuess {
  if (input.samples.length === 0) return text;
  for (const rule of rules) {
    const guess = rule(input);
    if (guess) return guess;
  }
  return text;
}
