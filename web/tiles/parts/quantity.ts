import type { Domain } from '../../../shared/house/house.ts';

/** What a number measures decides its icon and colour. */
export const quantities = [
  'auto',
  'none',
  'temperature',
  'humidity',
  'power',
  'energy',
  'co2',
  'pressure',
  'illuminance',
  'battery',
  'water',
  'wind',
  'electric',
] as const;
export type Quantity = (typeof quantities)[number];
type Known = Exclude<Quantity, 'auto'>;

interface QuantityLook {
  readonly icon: string;
  readonly domain: Domain;
}

export const quantityLooks: Readonly<Record<Known, QuantityLook>> = {
  none: { icon: 'chart-line-variant', domain: 'glaze' },
  temperature: { icon: 'thermometer', domain: 'terra' },
  humidity: { icon: 'water-percent', domain: 'delft' },
  power: { icon: 'lightning-bolt', domain: 'moss' },
  energy: { icon: 'meter-electric', domain: 'moss' },
  co2: { icon: 'molecule-co2', domain: 'moss' },
  pressure: { icon: 'gauge', domain: 'delft' },
  illuminance: { icon: 'brightness-5', domain: 'honey' },
  battery: { icon: 'battery', domain: 'moss' },
  water: { icon: 'water', domain: 'delft' },
  wind: { icon: 'weather-windy', domain: 'delft' },
  electric: { icon: 'sine-wave', domain: 'moss' },
};

const byUnit: Readonly<Record<string, Known>> = {
  '°C': 'temperature',
  '°F': 'temperature',
  '%': 'humidity',
  W: 'power',
  kW: 'power',
  VA: 'power',
  Wh: 'energy',
  kWh: 'energy',
  MWh: 'energy',
  ppm: 'co2',
  hPa: 'pressure',
  mbar: 'pressure',
  bar: 'pressure',
  lx: 'illuminance',
  'm/s': 'wind',
  'km/h': 'wind',
  mm: 'water',
  l: 'water',
  'm³': 'water',
  'l/min': 'water',
  V: 'electric',
  A: 'electric',
  mA: 'electric',
  mV: 'electric',
  Hz: 'electric',
};

/** `auto` goes by the unit; percent needs a word in the topic as well. */
export function quantityOf(chosen: Quantity, unit: string | undefined, place = ''): Known {
  if (chosen !== 'auto') return chosen;
  if (unit === '%') return /batt|akku/i.test(place) ? 'battery' : /hum|feucht|moist/i.test(place) ? 'humidity' : 'none';
  return (unit === undefined ? undefined : byUnit[unit]) ?? 'none';
}

/** Where a number comes from, in words of its topic and path. */
export const placeOf = (
  binding: { readonly stateTopic?: string | undefined; readonly path?: string | undefined } | undefined,
): string => `${binding?.stateTopic ?? ''} ${binding?.path ?? ''}`.slice(-200);
