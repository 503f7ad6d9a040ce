import { dirname, join, resolve } from 'node:path';
import { firstWord, linesOf, type LeftOut, type LeftOutCode, type Line, type Mistake, type Place } from './lines.ts';

/** Where the files come from: the disk, or a test. */
export interface Files {
  /** `undefined`: cannot be read. */
  read(path: string): string | undefined;
  /** Names in a directory, `undefined` when there is none. */
  list(path: string): readonly string[] | undefined;
}

export interface Listener extends Place {
  readonly port: number;
  /** Absent = all interfaces. */
  readonly address?: string;
  readonly isWebSocket: boolean;
  readonly certFile?: string;
  readonly keyFile?: string;
}

export interface Conf {
  readonly listeners: readonly Listener[];
  readonly passwordFiles: readonly (Place & { readonly path: string })[];
  readonly aclFiles: readonly (Place & { readonly path: string })[];
  readonly leftOut: readonly LeftOut[];
  readonly mistakes: readonly Mistake[];
}

const defaultPort = 1883;
const maxIncludeDepth = 4;
const maxPort = 65_535;

/** Settings that Kachel does by itself or that have no meaning in it; nothing is lost. */
const needless =
  /^(persistence|persistence_location|persistence_file|autosave_.*|log_.*|websockets_log_level|connection_messages|pid_file|user|per_listener_settings|sys_interval|socket_domain|set_tcp_nodelay|allow_zero_length_clientid|upgrade_outgoing_qos|retain_available|tls_version|ciphers|ciphers_tls1\.3|cafile|capath|dhparamfile|http_dir|max_keepalive)$/;

const lost: readonly (readonly [RegExp, LeftOutCode])[] = [
  [
    /^(connection|address|addresses|topic|bridge_.*|remote_.*|local_.*|cleansession|notifications.*|start_type|try_private|round_robin|restart_timeout|idle_timeout|keepalive_interval|threshold)$/,
    'bridge',
  ],
  [/^(plugin|auth_plugin|plugin_opt_.*|auth_opt_.*|global_plugin|plugin_load|plugin_use)$/, 'plugin'],
  [/^(require_certificate|use_identity_as_username|use_subject_as_username|crlfile)$/, 'certificate-login'],
  [/^(psk_file|psk_hint)$/, 'psk'],
];

interface Reading {
  readonly listeners: {
    port: number;
    address?: string;
    isWebSocket: boolean;
    certFile?: string;
    keyFile?: string;
    file: string;
    line: number;
  }[];
  readonly passwordFiles: (Place & { path: string })[];
  readonly aclFiles: (Place & { path: string })[];
  readonly leftOut: LeftOut[];
  readonly mistakes: Mistake[];
  /** The default listener, which `port`, `bind_address` and settings before any `listener` speak of. */
  readonly first: {
    port?: number;
    address?: string;
    isWebSocket: boolean;
    certFile?: string;
    keyFile?: string;
    place?: Place;
  };
}

const readPort = (text: string): number | undefined => {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= maxPort ? port : undefined;
};

function readLine(one: Line, reading: Reading): void {
  const { file, line, text } = one;
  const { word, rest } = firstWord(text);
  const current = reading.listeners.at(-1) ?? reading.first;
  const path = resolve(dirname(file), rest);
  const leave = (code: LeftOutCode): void => void reading.leftOut.push({ file, line, code, text });
  switch (word) {
    case 'listener':
      return openListener(one, rest, reading);
    case 'port': {
      const port = readPort(rest);
      if (port === undefined) return void reading.mistakes.push({ file, line, code: 'bad-number', text });
      Object.assign(reading.first, { port, place: { file, line } });
      return;
    }
    case 'bind_address':
      reading.first.address = rest;
      return;
    case 'protocol':
      current.isWebSocket = rest === 'websockets';
      return;
    case 'certfile':
      current.certFile = path;
      return;
    case 'keyfile':
      current.keyFile = path;
      return;
    case 'password_file':
      return void reading.passwordFiles.push({ file, line, path });
    case 'acl_file':
      return void reading.aclFiles.push({ file, line, path });
    case 'allow_anonymous':
      return rest === 'true' ? leave('anonymous') : undefined;
  }
  if (needless.test(word)) return;
  leave(lost.find(([pattern]) => pattern.test(word))?.[1] ?? 'setting');
}

/** `listener PORT [ADDRESS]`; port 0 with a path is a Unix socket. */
function openListener({ file, line, text }: Line, rest: string, reading: Reading): void {
  const [portText = '', address] = rest.split(/\s+/);
  const port = readPort(portText);
  if (port === undefined) return void reading.mistakes.push({ file, line, code: 'bad-number', text });
  if (port === 0) return void reading.leftOut.push({ file, line, code: 'unix-socket', text });
  reading.listeners.push({ file, line, port, isWebSocket: false, ...(address === undefined ? {} : { address }) });
}

interface Source {
  readonly file: string;
  /** Where it was named. */
  readonly from: Place;
  /** How many files include each other on the way here. */
  readonly depth: number;
}

function readFile({ file, from, depth }: Source, files: Files, reading: Reading): void {
  if (depth > maxIncludeDepth) return void reading.mistakes.push({ ...from, code: 'too-deep', text: file });
  const content = files.read(file);
  if (content === undefined) return void reading.mistakes.push({ ...from, code: 'file-missing', text: file });
  for (const one of linesOf(file, content)) {
    const { word, rest } = firstWord(one.text);
    const from = { file, line: one.line };
    if (word !== 'include_dir') readLine(one, reading);
    else readDirectory({ file: resolve(dirname(file), rest), from, depth: depth + 1 }, files, reading);
  }
}

/** Every `*.conf` of a directory, in the order of their names. */
function readDirectory({ file: directory, from, depth }: Source, files: Files, reading: Reading): void {
  const names = files.list(directory);
  if (!names) return void reading.mistakes.push({ ...from, code: 'file-missing', text: directory });
  for (const name of names.filter((one) => one.endsWith('.conf')).toSorted()) {
    readFile({ file: join(directory, name), from, depth }, files, reading);
  }
}

/** Reads a mosquitto.conf and what it includes. Settings that Kachel has no counterpart for are told, never guessed at. */
export function readConf(file: string, files: Files): Conf {
  const reading: Reading = {
    listeners: [],
    passwordFiles: [],
    aclFiles: [],
    leftOut: [],
    mistakes: [],
    first: { isWebSocket: false },
  };
  readFile({ file, from: { file, line: 0 }, depth: 0 }, files, reading);
  const { first } = reading;
  const { port = defaultPort, place = { file, line: 1 }, ...about } = first;
  // Without any `listener` Mosquitto opens the default one; with `port` it opens both.
  const hasFirst = first.port === undefined ? reading.listeners.length === 0 : first.port > 0;
  return { ...reading, listeners: [...(hasFirst ? [{ port, ...place, ...about }] : []), ...reading.listeners] };
}
