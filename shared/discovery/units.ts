/** What a number measures, as far as its words tell. */
export interface Quantity {
  readonly name: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly isCounter?: boolean;
}

const percent = { unit: '%', min: 0, max: 100 } as const;

const quantities: readonly (readonly [RegExp, Quantity])[] = [
  [/^(colou?rtemp|ct)/, { name: 'color-temperature' }],
  [/^(temp|dewpoint|taupunkt|celsius)/, { name: 'temperature', unit: '°C' }],
  [/^(hum|feucht|luftfeucht|moist|bodenfeuchte)/, { name: 'humidity', ...percent }],
  [/^(batt|akku|soc$)/, { name: 'battery', ...percent }],
  [/^(apparent|scheinleistung)/, { name: 'apparent-power', unit: 'VA' }],
  [/^(energy|energie|kwh|verbrauch|consumption|yield|ertrag)/, { name: 'energy', unit: 'kWh', isCounter: true }],
  [/^(power|leistung|watt)/, { name: 'power', unit: 'W' }],
  [/^(volt|spannung)/, { name: 'voltage', unit: 'V' }],
  [/^(current|strom|amp)/, { name: 'current', unit: 'A' }],
  [/^(press|druck|luftdruck|baro)/, { name: 'pressure', unit: 'hPa', min: 960, max: 1_060 }],
  [/^(lux|illum|ldr$)/, { name: 'illuminance', unit: 'lx' }],
  [/^(bright|hell|dimm)/, { name: 'brightness' }],
  [/^(co2|carbondioxide|eco2)/, { name: 'co2', unit: 'ppm', min: 400, max: 2_000 }],
  [/^(ppm|tvoc|voc)$/, { name: 'voc', unit: 'ppm' }],
  [/^(pm10|pm25|feinstaub|dust)/, { name: 'dust', unit: 'µg/m³' }],
  [/^(rssi|signal)/, { name: 'signal', unit: 'dBm', min: -100, max: -30 }],
  [/^(linkquality|lqi)$/, { name: 'link', min: 0, max: 255 }],
  [/^wind/, { name: 'wind', unit: 'm/s' }],
  [/^(rain|regen|niederschlag)/, { name: 'rain', unit: 'mm' }],
  [/^(dist|abstand|entfernung)/, { name: 'distance', unit: 'cm' }],
  [/^(uptime|laufzeit)/, { name: 'uptime', unit: 's', isCounter: true }],
  [/^(position|rollo|shutter)/, { name: 'position', ...percent }],
  [/^(volume|lautst)/, { name: 'volume', min: 0, max: 100 }],
  [/^(freq|hertz)/, { name: 'frequency', unit: 'Hz' }],
  [/^(level|fuellstand|füllstand)$/, { name: 'level', ...percent }],
  // A height of water in whatever its owner measures it.
  [/^(pegel|wasserstand)$/, { name: 'level' }],
];

/** The quantity named by the words, the last word first: `kitchen/temperature/battery` is a battery. */
export function quantityOf(words: readonly string[]): Quantity | undefined {
  for (const word of [...words].reverse()) {
    const hit = quantities.find(([pattern]) => pattern.test(word));
    if (hit) return hit[1];
  }
  return undefined;
}

const spellings: Readonly<Record<string, string>> = {
  '°c': '°C', 'ºc': '°C', c: '°C', degc: '°C', '°f': '°F', f: '°F', '%': '%', '%rh': '%', w: 'W', kw: 'kW', kwh: 'kWh', wh: 'Wh', mwh: 'MWh',
  v: 'V', mv: 'mV', a: 'A', ma: 'mA', va: 'VA', hpa: 'hPa', mbar: 'mbar', bar: 'bar', pa: 'Pa', lx: 'lx', lux: 'lx', lm: 'lm', ppm: 'ppm', ppb: 'ppb',
  db: 'dB', dbm: 'dBm', 'm/s': 'm/s', 'km/h': 'km/h', mm: 'mm', cm: 'cm', m: 'm', km: 'km', l: 'l', 'm³': 'm³', m3: 'm³', 'l/min': 'l/min',
  'l/h': 'l/h', 'µg/m³': 'µg/m³', hz: 'Hz', k: 'K', '°': '°', ms: 'ms', s: 's', min: 'min', h: 'h', '€': '€', ct: 'ct', mb: 'MB', kb: 'kB', gb: 'GB',
}; // prettier-ignore

/** The usual spelling of a unit written behind a number; undefined when it is none. */
export const unitOf = (suffix: string): string | undefined => spellings[suffix.toLowerCase()];

/** A sensible dial for a reading; undefined when nobody can know it. */
export function rangeOf(
  quantity: Quantity | undefined,
  unit: string | undefined,
  isIndoors: boolean,
): readonly [min: number, max: number] | undefined {
  if (unit === '°C') return isIndoors ? [0, 40] : [-20, 50];
  if (quantity?.min !== undefined && quantity.max !== undefined && unit === quantity.unit)
    return [quantity.min, quantity.max];
  return unit === '%' ? [0, 100] : undefined;
}
