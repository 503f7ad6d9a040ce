import { fail, ok, type Result } from '../../shared/result.ts';
import { configDefaults, type Durability } from '../config.ts';
import { readText } from '../read-text.ts';
import { encryptionOptions } from './options-encryption.ts';
import { limitOption } from './options-limits.ts';
import { needsOwner, port, words, yesNo, type Option, type Settings } from './option.ts';
import type { Complaint } from './words.ts';

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

function publicHost(text: string, settings: Settings): Result<Partial<Settings>, Complaint> {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  if (!names.every((name) => hostName.test(name))) return fail({ word: 'needsName' });
  return ok({ publicHosts: [...settings.publicHosts, ...names] });
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

function logLevel(text: string): Result<Partial<Settings>, Complaint> {
  const level = logLevels.find((known) => known === text);
  return level ? ok({ logLevel: level }) : fail({ word: 'needsLevel', params: { levels: logLevels.join(', ') } });
}

const durabilities: readonly Durability[] = ['full', 'process', 'none'];

function durability(text: string): Result<Partial<Settings>, Complaint> {
  const chosen = durabilities.find((known) => known === text);
  return chosen
    ? ok({ durability: chosen })
    : fail({ word: 'needsLevel', params: { levels: durabilities.join(', ') } });
}

export const minTokenLength = 16;

/** Arguments are seen by every user of the machine, so the token may lie in a file: `@FILE`. */
function metricsToken(text: string): Result<Partial<Settings>, Complaint> {
  const read = text.startsWith('@') ? readText(text.slice(1)) : ok(text);
  if (!read.ok) return fail({ word: 'needsTokenFile', params: { reason: read.error } });
  const token = read.value.trim();
  const isToken = token.length >= minTokenLength && /^[\x21-\x7e]+$/.test(token);
  return isToken ? ok({ metricsToken: token }) : fail({ word: 'needsToken', params: { n: minTokenLength } });
}

/** Its password is judged when the owner is made: what was good enough for an older Kachel must not stop a newer one. */
function owner(text: string): Result<Partial<Settings>, Complaint> {
  const colon = text.indexOf(':');
  const [name, password] = [text.slice(0, colon).trim(), text.slice(colon + 1)];
  if (colon < 0 || name === '' || password === '') {
    return fail(needsOwner);
  }
  return ok({ owner: { name, password } });
}

/** THE LIST: every flag and variable, with its default from `configDefaults`. `--help` and the parser read it. */
export const options: readonly Option[] = [
  {
    flag: '--data-dir',
    variable: 'KACHEL_DATA_DIR',
    placeholder: 'DIR',
    shownDefault: configDefaults.dataDir,
    help: { en: 'where everything is kept', de: 'wo alles aufbewahrt wird' },
    read: words('dataDir'),
  },
  {
    flag: '--host',
    variable: 'KACHEL_HOST',
    placeholder: 'ADDRESS',
    shownDefault: configDefaults.host,
    help: { en: 'address to listen on; the default is all', de: 'Adresse zum Lauschen; Vorgabe sind alle' },
    read: words('host'),
  },
  {
    flag: '--public-host',
    variable: 'KACHEL_PUBLIC_HOST',
    placeholder: 'NAME',
    isRepeatable: true,
    help: {
      en: 'a further name under which people open Kachel; in the variable with commas',
      de: 'ein weiterer Name, unter dem Kachel geöffnet wird; in der Variablen mit Kommas',
    },
    read: publicHost,
  },
  {
    flag: '--http-port',
    variable: 'KACHEL_HTTP_PORT',
    placeholder: 'PORT',
    shownDefault: String(configDefaults.httpPort),
    help: {
      en: 'page and MQTT over WebSocket; 0 = any, off = none',
      de: 'Seite und MQTT über WebSocket; 0 = irgendeiner, off = keiner',
    },
    read: port('httpPort'),
  },
  {
    flag: '--mqtt-port',
    variable: 'KACHEL_MQTT_PORT',
    placeholder: 'PORT',
    shownDefault: String(configDefaults.mqttPort),
    help: { en: 'MQTT for devices; 0 = any, off = none', de: 'MQTT für Geräte; 0 = irgendeiner, off = keiner' },
    read: port('mqttPort'),
  },
  ...encryptionOptions,
  {
    flag: '--durability',
    variable: 'KACHEL_DURABILITY',
    placeholder: 'LEVEL',
    shownDefault: configDefaults.durability,
    help: {
      en: 'what acknowledged messages survive: a power cut (full), a crash (process), nothing (none)',
      de: 'was bestätigte Nachrichten überstehen: Stromausfall (full), Absturz (process), nichts (none)',
    },
    read: durability,
  },
  {
    flag: '--demo',
    variable: 'KACHEL_DEMO',
    help: { en: 'a house of simulated devices', de: 'ein Haus aus simulierten Geräten' },
    read: yesNo('demo'),
  },
  {
    flag: '--allow-anonymous',
    variable: 'KACHEL_ALLOW_ANONYMOUS',
    help: {
      en: "for tests, only on loopback: everyone may do everything; agrees on Mosquitto's limits with clients",
      de: 'für Tests, nur auf Loopback: jeder darf alles; vereinbart Mosquittos Grenzen mit Clients',
    },
    read: yesNo('allowAnonymous'),
  },
  limitOption,
  {
    flag: '--metrics-token',
    variable: 'KACHEL_METRICS_TOKEN',
    placeholder: 'TOKEN|@FILE',
    isSecret: true,
    help: {
      en: `lets Prometheus read /metrics without a login; at least ${minTokenLength} characters, best in a file`,
      de: `lässt Prometheus /metrics ohne Anmeldung lesen; mindestens ${minTokenLength} Zeichen, am besten in einer Datei`,
    },
    read: metricsToken,
  },
  {
    flag: '--log-level',
    variable: 'KACHEL_LOG_LEVEL',
    placeholder: 'LEVEL',
    shownDefault: configDefaults.logLevel,
    help: { en: logLevels.join(', '), de: logLevels.join(', ') },
    read: logLevel,
  },
  {
    flag: '',
    isVariableOnly: true,
    isSecret: true,
    variable: 'KACHEL_OWNER',
    placeholder: 'NAME:PASSWORD',
    help: { en: 'creates the owner when there is none', de: 'legt den Eigentümer an, wenn es keinen gibt' },
    read: owner,
  },
];
