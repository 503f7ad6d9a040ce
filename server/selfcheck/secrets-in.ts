import { topicLevels } from '../../shared/mqtt/topic.ts';

/** What lies open in a message. Only its kind is told, never the value. */
export type SecretKind = 'wifi' | 'other';

/** Keys and topic levels behind which a secret stands, as letters only: `Wi-Fi_PSK` → `wifipsk`. */
const secretName =
  /(password|passwd|passphrase|passwort|kennwort|psk|pwd|secret|apikey|networkkey|privatekey|(access|auth|bearer|refresh|api|bot)token)$|^(pass|token|wifipass|mqttpass)$/;
const wifiName = /^(wifi|wlan|sta|ap|ssid)|psk|wpa/;
/** `mqtt://user:password@host` */
const addressWithPassword = /\w:\/\/[^\s/:@]+:[^\s/@]+@/;
/** What programs write in place of a secret, and what says only that there is one or how it should look. */
const mask = /^(\*+|•+|x+|<.*>|\{.*\}|null|none|undefined|true|false|redacted|hidden|required|string|password)$/i;
const shortestSecret = 4;
/** A Zigbee network key, as bytes. */
const keyBytes = 16;
/** Deeper documents are not looked into. */
const maxDepth = 12;

const lettersOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\d+$/, '')
    .replace(/[^\p{L}]/gu, '');

const isByte = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 255;
const isSecretValue = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length === keyBytes && value.every(isByte);
  return typeof value === 'string' && value.length >= shortestSecret && !mask.test(value.trim());
};

/** A secret beside the name of a network opens the Wi-Fi. */
const isNetwork = (names: readonly string[]): boolean =>
  names.some((name) => /^(ssid|wifi|wlan)/.test(lettersOf(name)));

function inEntry([name, value]: [string, unknown], siblings: readonly string[]): SecretKind | undefined {
  const letters = lettersOf(name);
  if (!secretName.test(letters) || !isSecretValue(value)) return undefined;
  return wifiName.test(letters) || isNetwork(siblings) ? 'wifi' : 'other';
}

function inJson(value: unknown, depth = 0): SecretKind | undefined {
  if (typeof value === 'string') return addressWithPassword.test(value) ? 'other' : undefined;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return undefined;
  const entries: [string, unknown][] = Object.entries(value);
  const names = entries.map(([name]) => name);
  const kinds = entries.map((entry) => inEntry(entry, names) ?? inJson(entry[1], depth + 1));
  return kinds.find((kind) => kind === 'wifi') ?? kinds.find((kind) => kind !== undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Whether a message says a secret: by the names in its JSON, by the last level of its topic, or within an address. */
export function secretIn(topic: string, text: string): SecretKind | undefined {
  const value = parse(text);
  if (typeof value === 'object' && value !== null) return inJson(value);
  const levels = topicLevels(topic);
  return inEntry([levels.at(-1) ?? '', text], levels) ?? inJson(text);
}
