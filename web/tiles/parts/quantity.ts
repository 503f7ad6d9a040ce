import type { Domain } from '../../../shared/house/house.ts';
import type { TileKey } from '../../text/tile.ts';

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
  readonly label: TileKey;
}

export const quantityLooks: Readonly<Record<Known, QuantityLook>> = {
  none: { icon: 'chart-line-variant', domain: 'glaze', label: 'quantityNone' },
  temperature: { icon: 'thermometer', domain: 'terra', label: 'quantityTemperature' },
  humidity: { icon: 'water-percent', domain: 'delft', label: 'quantityHumidity' },
  power: { icon: 'lightning-bolt', domain: 'moss', label: 'quantityPower' },
  energy: { icon: 'meter-electric', domain: 'moss', label: 'quantityEnergy' },
  co2: { icon: 'molecule-co2', domain: 'moss', label: 'quantityCo2' },
  pressure: { icon: 'gauge', domain: 'delft', label: 'quantityPressure' },
  illuminance: { icon: 'brightness-5', domain: 'honey', label: 'quantityIlluminance' },
  battery: { icon: 'battery', domain: 'moss', label: 'quantityBattery' },
  water: { icon: 'water', domain: 'delft', label: 'quantityWater' },
  wind: { icon: 'weather-windy', domain: 'delft', label: 'quantityWind' },
  electric: { icon: 'sine-wave', domain: 'moss', label: 'quantityElectric' },
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
