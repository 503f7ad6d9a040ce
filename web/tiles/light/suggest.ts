import type { Binding } from '../../../shared/house/binding.ts';
import type { Guess, GuessPart } from '../../../shared/discovery/guess.ts';
import type { Tile } from '../../../shared/house/house.ts';
import { kelvinRange } from '../parts/lamp.ts';
import { booleanFrom, colorFrom, numberFrom, tileFrom } from '../parts/suggest.ts';

/** A lamp in one JSON message brings its parts; a plain topic is its switch. */
export function suggestLight(guess: Guess): (Pick<Tile, 'bindings' | 'options'> & Partial<Tile>) | undefined {
  if (guess.widget !== 'light') return undefined;
  const parts = guess.parts ?? [];
  const bindings = Object.fromEntries(parts.map((part) => [part.role, bindingOf(guess, part)]));
  return {
    ...tileFrom(guess),
    bindings: parts.length === 0 ? { power: booleanFrom(guess) } : bindings,
    options: {},
  };
}

function bindingOf(guess: Guess, part: GuessPart): Binding {
  const place = {
    topic: guess.topic,
    path: part.path,
    ...(part.commandTopic === undefined ? {} : { commandTopic: part.commandTopic }),
    ...(part.template === undefined ? {} : { template: part.template }),
  };
  switch (part.role) {
    case 'power':
      return booleanFrom({
        ...place,
        ...(part.on === undefined ? {} : { on: part.on }),
        ...(part.off === undefined ? {} : { off: part.off }),
      });
    case 'brightness':
      return numberFrom({ ...place, ...percentOfRaw(part), min: 0, max: 100, step: 1, unit: '%' });
    case 'temperature':
      return numberFrom({ ...place, ...(part.isMired ? { mired: true } : {}), unit: 'K', ...kelvinRange });
    case 'color':
      return colorFrom({ ...place, ...(part.colorFormat === undefined ? {} : { colorFormat: part.colorFormat }) });
  }
}

/** Brightness is shown in percent, whatever the device counts to. */
const percentOfRaw = ({ max = 100 }: GuessPart): { scale?: number } =>
  max === 100 || max <= 0 ? {} : { scale: 100 / max };
