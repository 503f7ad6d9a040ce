const pairs: readonly (readonly [on: string, off: string])[] = [
  ['on', 'off'],
  ['true', 'false'],
  ['yes', 'no'],
  ['an', 'aus'],
  ['ein', 'aus'],
  ['enabled', 'disabled'],
  ['1', '0'],
];

/** Spelled like `model`: `ON` → upper case, `On` → capital. */
const likeCase = (word: string, model: string): string => {
  if (model === model.toLowerCase()) return word;
  return model === model.toUpperCase() ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
};

/** Both payloads of a thing that is on or off. */
export interface OnOff {
  readonly on: string;
  readonly off: string;
  readonly isDigit: boolean;
}

/** The pair that all samples belong to, in the exact spelling seen. */
export function readOnOff(samples: readonly string[]): OnOff | undefined {
  const trimmed = samples.map((sample) => sample.trim());
  const first = trimmed[0];
  if (first === undefined) return undefined;
  for (const [on, off] of pairs) {
    if (!trimmed.every((text) => text.toLowerCase() === on || text.toLowerCase() === off)) continue;
    return {
      on: trimmed.find((text) => text.toLowerCase() === on) ?? likeCase(on, first),
      off: trimmed.find((text) => text.toLowerCase() === off) ?? likeCase(off, first),
      isDigit: on === '1',
    };
  }
  return undefined;
}

/** A status with two (or more) words, and what it is about. */
export interface StatusWords {
  readonly on: string;
  readonly off: string;
  readonly deviceClass?: string;
  readonly isMoving: boolean;
}

const statuses: readonly { on: string; off: string; others?: string; deviceClass?: string }[] = [
  { on: 'open', off: 'closed', others: 'opening closing stopped', deviceClass: 'opening' },
  { on: 'offen', off: 'zu', others: 'geschlossen', deviceClass: 'opening' },
  { on: 'unlocked', off: 'locked', deviceClass: 'lock' },
  { on: 'motion', off: 'clear', deviceClass: 'motion' },
  { on: 'detected', off: 'clear', deviceClass: 'motion' },
  { on: 'home', off: 'away', others: 'not_home', deviceClass: 'presence' },
  { on: 'wet', off: 'dry', deviceClass: 'moisture' },
  { on: 'nass', off: 'trocken', deviceClass: 'moisture' },
  { on: 'online', off: 'offline', deviceClass: 'connectivity' },
];

/** Rule 10: words of openings, locks, motion, presence and water. */
export function readStatus(samples: readonly string[]): StatusWords | undefined {
  const trimmed = samples.map((sample) => sample.trim());
  const first = trimmed[0];
  if (first === undefined) return undefined;
  for (const { on, off, others = '', deviceClass } of statuses) {
    const all = [on, off, ...others.split(' ')];
    if (!trimmed.every((text) => text !== '' && all.includes(text.toLowerCase()))) continue;
    const spelled = (word: string): string =>
      trimmed.find((text) => text.toLowerCase() === word) ?? likeCase(word, first);
    const isMoving = trimmed.some((text) => /^(opening|closing|stopped)$/i.test(text));
    const shut =
      off === 'zu' && trimmed.some((text) => /^geschlossen$/i.test(text)) ? spelled('geschlossen') : spelled(off);
    return { on: spelled(on), off: shut, isMoving, ...(deviceClass === undefined ? {} : { deviceClass }) };
  }
  return undefined;
}

const classes: readonly (readonly [RegExp, string])[] = [
  [/^(window|fenster)/, 'window'],
  [/^(garage)/, 'garage'],
  [/^(door|tuer|tür|haustuer|haustür)/, 'door'],
  [/^(smoke|rauch)/, 'smoke'],
  [/^(leak|water|wasser|moisture|flood)/, 'moisture'],
  [/^(motion|bewegung|pir)/, 'motion'],
  [/^(occup|presence|anwesen|praesenz|präsenz)/, 'presence'],
  [/^(contact|kontakt)/, 'opening'],
  [/^(vibration|tamper)/, 'vibration'],
  [/^(gas|co$)/, 'gas'],
  [/^(batt|akku)/, 'battery'],
  [/^(online|connected|reachable)/, 'connectivity'],
  [/^(lock|schloss)/, 'lock'],
];

/** What a yes/no reading is about, by its words; the last word counts most. */
export function deviceClassOf(words: readonly string[]): string | undefined {
  for (const word of [...words].reverse()) {
    const hit = classes.find(([pattern]) => pattern.test(word));
    if (hit) return hit[1];
  }
  return undefined;
}
