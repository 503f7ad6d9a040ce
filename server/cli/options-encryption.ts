import { fail, ok, type Result } from '../../shared/result.ts';
import { configDefaults } from '../config.ts';
import { readRange } from '../tls/ranges.ts';
import { port, words, yesNo, type Option, type Settings } from './option.ts';
import type { Complaint } from './words.ts';

function mqttPlain(text: string): Result<Partial<Settings>, Complaint> {
  if (text === 'all' || text === 'off') return ok({ mqttPlain: text });
  if (text === 'loopback') return ok({ mqttPlain: [] });
  const networks = text.split(',').map(readRange);
  const wrong = networks.find((network) => !network.ok);
  if (wrong) return fail({ word: 'needsNetworks' });
  return ok({ mqttPlain: networks.flatMap((network) => (network.ok ? [network.value] : [])) });
}

function httpPlain(text: string): Result<Partial<Settings>, Complaint> {
  return text === 'all' || text === 'redirect' ? ok({ httpPlain: text }) : fail({ word: 'needsPlain' });
}

function acmeEmail(text: string): Result<Partial<Settings>, Complaint> {
  return /^[^\s@<>,]+@[^\s@<>,]+$/.test(text) ? ok({ acmeEmail: text }) : fail({ word: 'needsEmail' });
}

function acmeDirectory(text: string): Result<Partial<Settings>, Complaint> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackName(url.hostname));
  return isSafe ? ok({ acmeDirectory: text }) : fail({ word: 'needsHttps' });
}

const isLoopbackName = (name: string): boolean => name === 'localhost' || name.startsWith('127.') || name === '[::1]';

/** The part of THE LIST that is about encryption and about who may do without it. */
export const encryptionOptions: readonly Option[] = [
  {
    flag: '--https-port',
    variable: 'KACHEL_HTTPS_PORT',
    placeholder: 'PORT',
    shownDefault: String(configDefaults.httpsPort),
    help: {
      en: 'the page and MQTT over WebSocket, encrypted; 0 = any, off = none',
      de: 'Seite und MQTT über WebSocket, verschlüsselt; 0 = irgendeiner, off = keiner',
    },
    read: port('httpsPort'),
  },
  {
    flag: '--mqtts-port',
    variable: 'KACHEL_MQTTS_PORT',
    placeholder: 'PORT',
    shownDefault: String(configDefaults.mqttsPort),
    help: {
      en: 'MQTT over TLS for devices; 0 = any, off = none',
      de: 'MQTT über TLS für Geräte; 0 = irgendeiner, off = keiner',
    },
    read: port('mqttsPort'),
  },
  {
    flag: '--http-plain',
    variable: 'KACHEL_HTTP_PLAIN',
    placeholder: 'all|redirect',
    shownDefault: configDefaults.httpPlain,
    help: {
      en: 'what works without TLS: everything, or only the way to HTTPS',
      de: 'was ohne TLS geht: alles oder nur der Weg zu HTTPS',
    },
    read: httpPlain,
  },
  {
    flag: '--mqtt-plain',
    variable: 'KACHEL_MQTT_PLAIN',
    placeholder: 'WHO',
    shownDefault: configDefaults.mqttPlain,
    help: {
      en: 'who may use MQTT without TLS: all, loopback, off, or networks such as 192.168.1.0/24,10.0.0.5',
      de: 'wer MQTT ohne TLS benutzen darf: all, loopback, off oder Netze wie 192.168.1.0/24,10.0.0.5',
    },
    read: mqttPlain,
  },
  {
    flag: '--tls-cert',
    variable: 'KACHEL_TLS_CERT',
    placeholder: 'FILE',
    help: {
      en: 'a certificate (PEM, with its chain) instead of the home authority; read anew when it changes',
      de: 'ein Zertifikat (PEM, mit Kette) statt der Stelle dieses Hauses; wird bei Änderung neu gelesen',
    },
    read: words('tlsCert'),
  },
  {
    flag: '--tls-key',
    variable: 'KACHEL_TLS_KEY',
    placeholder: 'FILE',
    help: { en: 'the private key of --tls-cert (PEM)', de: 'der private Schlüssel zu --tls-cert (PEM)' },
    read: words('tlsKey'),
  },
  {
    flag: '--acme',
    variable: 'KACHEL_ACME',
    help: {
      en: "certificates from Let's Encrypt for every --public-host; port 80 must be reachable from the internet",
      de: "Zertifikate von Let's Encrypt für jeden --public-host; Port 80 muss aus dem Internet erreichbar sein",
    },
    read: yesNo('acme'),
  },
  {
    flag: '--acme-email',
    variable: 'KACHEL_ACME_EMAIL',
    placeholder: 'ADDRESS',
    help: {
      en: 'where the authority writes when something is wrong',
      de: 'wohin die Zertifizierungsstelle schreibt, wenn etwas nicht stimmt',
    },
    read: acmeEmail,
  },
  {
    flag: '--acme-directory',
    variable: 'KACHEL_ACME_DIRECTORY',
    placeholder: 'URL',
    shownDefault: configDefaults.acmeDirectory,
    help: { en: 'another ACME authority', de: 'eine andere ACME-Stelle' },
    read: acmeDirectory,
  },
  {
    flag: '--acme-port',
    variable: 'KACHEL_ACME_PORT',
    placeholder: 'PORT',
    shownDefault: String(configDefaults.acmePort),
    help: {
      en: 'where port 80 of the internet arrives; off = at --http-port',
      de: 'wo Port 80 des Internets ankommt; off = an --http-port',
    },
    read: port('acmePort'),
  },
  {
    flag: '--mdns',
    variable: 'KACHEL_MDNS',
    placeholder: 'on|off',
    shownDefault: 'on',
    help: { en: 'announce kachel.local on the local network', de: 'kachel.local im lokalen Netz bekannt machen' },
    read: yesNo('mdns'),
  },
];
