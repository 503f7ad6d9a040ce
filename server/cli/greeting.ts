import { renderUnicodeCompact } from 'uqr';
import type { Firewall } from './firewall-rules.ts';
import type { Loose } from './permissions.ts';
import { tell, type TerminalLanguage, type TerminalWord } from './words.ts';

/** Everything the first lines on the terminal say. */
export interface Greeting {
  readonly version: string;
  readonly dataDir: string;
  /** Actual port; absent: no page is served. */
  readonly httpPort?: number;
  readonly mqttPort?: number;
  /** Encrypted; absent: off. */
  readonly httpsPort?: number;
  /** What the certificate is good for. */
  readonly certificateNames?: readonly string[];
  readonly mqttsPort?: number;
  /** SHA-256 of the home authority, for comparing with what a phone shows. */
  readonly fingerprint?: string;
  readonly loose?: readonly Loose[];
  /** Absent when only this machine can reach us. */
  readonly lanAddress?: string;
  /** Present while there is no owner. */
  readonly setupCode?: string;
  readonly firewall?: Firewall;
  readonly allowAnonymous: boolean;
  /** Colours are understood: the QR code is drawn right whatever the terminal's theme. */
  readonly isTerminal: boolean;
}

const labelWidth = 21;

const schemePorts = { http: 80, https: 443 } as const;

const url = (host: string, port: number, scheme: keyof typeof schemePorts = 'http'): string =>
  `${scheme}://${host}${port === schemePorts[scheme] ? '' : `:${port}`}/`;

function qrLines(link: string, isTerminal: boolean): readonly string[] {
  const lines = renderUnicodeCompact(link, { border: 2 }).split('\n');
  return isTerminal ? lines.map((line) => `\u001b[97;40m${line}\u001b[0m`) : lines;
}

const localUrl = ({ httpPort }: Greeting): string | undefined =>
  httpPort === undefined ? undefined : url('localhost', httpPort);

const houseUrl = ({ httpPort, lanAddress }: Greeting): string | undefined =>
  httpPort === undefined || lanAddress === undefined ? undefined : url(lanAddress, httpPort);

type Row = readonly [word: TerminalWord, value: string | undefined];

/** An address that the certificate names: the one in use, else its first name that another machine can look up. */
function secureHostOf(lanAddress: string, names: readonly string[] = [lanAddress]): string {
  if (names.includes(lanAddress)) return lanAddress;
  return names.find((name) => !/^(?:localhost$|127\.|::1$|\*)/.test(name)) ?? lanAddress;
}

function rows(greeting: Greeting, language: TerminalLanguage): readonly Row[] {
  const { mqttPort, httpsPort, mqttsPort, lanAddress = 'localhost', dataDir, fingerprint } = greeting;
  const secureHost = secureHostOf(lanAddress, greeting.certificateNames);
  const best = houseUrl(greeting) ?? localUrl(greeting);
  return [
    ['here', localUrl(greeting)],
    ['inTheHouse', houseUrl(greeting)],
    ['mqtt', mqttPort === undefined ? tell(language, 'mqttOff') : `${lanAddress}:${mqttPort}`],
    ['secure', httpsPort === undefined ? undefined : url(secureHost, httpsPort, 'https')],
    ['mqttSecure', mqttsPort === undefined ? undefined : `${secureHost}:${mqttsPort}`],
    ['trust', httpsPort === undefined || !fingerprint ? undefined : best && `${best}trust`],
    ['fingerprint', fingerprint],
    ['data', dataDir],
    ['setUp', greeting.setupCode && setupLink(greeting)],
  ];
}

/** The best address for the phone, with the set-up code while there is no owner. */
function setupLink(greeting: Greeting): string | undefined {
  const best = houseUrl(greeting) ?? localUrl(greeting);
  return best && greeting.setupCode ? `${best}#setup=${greeting.setupCode}` : best;
}

/** The start-up lines, ready to print. */
export function greet(greeting: Greeting, language: TerminalLanguage): readonly string[] {
  const shown = rows(greeting, language).filter(([, value]) => value !== undefined);
  const lines = shown.map(([word, value]) => `  ${`${tell(language, word)}:`.padEnd(labelWidth)} ${value}`);
  const link = houseUrl(greeting) && setupLink(greeting);
  const qr = link ? ['', `  ${tell(language, 'scan')}`, '', ...qrLines(link, greeting.isTerminal)] : [];
  const { firewall } = greeting;
  const hint = firewall ? ['', `  ${tell(language, 'firewall', { ...firewall })}`] : [];
  const loose = (greeting.loose ?? []).map(({ path, mode, reason = '' }) =>
    tell(language, reason === '' ? 'mended' : 'notMended', { path, mode, reason }),
  );
  const modes = loose.length > 0 ? ['', ...loose.map((line) => `  ${line}`)] : [];
  const warning = greeting.allowAnonymous ? ['', `  ${tell(language, 'anonymousWarning')}`] : [];
  return [
    '',
    tell(language, 'running', { version: greeting.version }),
    '',
    ...lines,
    ...qr,
    ...hint,
    ...modes,
    ...warning,
    '',
  ];
}
