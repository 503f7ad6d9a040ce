import type { Guess } from '../../../shared/discovery/guess.ts';

const maxSample = 24;

/** The last reading for a list, with its unit when the payload does not carry one: `22.5` + `°C`. */
export function shownSample({ sample, unit, widget }: Pick<Guess, 'sample' | 'unit' | 'widget'>): string {
  const isNumber = /^[+-]?\d+([.,]\d+)?$/.test(sample.trim());
  const isReading = widget === 'gauge' || widget === 'value';
  const text = sample.length > maxSample ? `${sample.slice(0, maxSample - 1)}…` : sample;
  return isNumber && isReading && unit !== undefined ? `${text.trim()}\u00a0${unit}` : text;
}
