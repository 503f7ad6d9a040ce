import { needsOwner, type Settings } from './option.ts';
import type { Complaint } from './words.ts';

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly port?: unknown;
  readonly syscall?: unknown;
  readonly file?: unknown;
  readonly cause?: unknown;
}

const portFlags = [
  ['mqttPort', '--mqtt-port'],
  ['httpsPort', '--https-port'],
  ['mqttsPort', '--mqtts-port'],
] as const;

const flagOf = (port: number, settings: Settings): string =>
  portFlags.find(([name]) => port === settings[name])?.[1] ?? '--http-port';

/** What the TLS plugin says when it cannot begin. */
function encryption(code: string, { file, port, message }: Coded): Complaint | undefined {
  if (code === 'KACHEL_CERTIFICATE') {
    return { word: 'certificateBad', params: { file: String(file), reason: String(message) } };
  }
  if (code === 'KACHEL_ACME_PORT_TAKEN') return { word: 'acmePortTaken', params: { port: Number(port) } };
  if (code === 'KACHEL_ACME_PORT_FORBIDDEN') return { word: 'acmePortForbidden', params: { port: Number(port) } };
  return undefined;
}

function listening({ code, port }: Coded, settings: Settings): Complaint | undefined {
  const params = { port: Number(port), flag: flagOf(Number(port), settings) };
  if (code === 'EADDRINUSE') return { word: 'portTaken', params };
  if (code === 'EACCES') return { word: 'portForbidden', params };
  return { word: 'hostUnknown', params: { host: settings.host } };
}

/** The plain sentence for an expected failure of starting; `undefined` for a bug, which deserves its stack. */
export function explainStartFailure(error: unknown, settings: Settings): Complaint | undefined {
  const coded: Coded = typeof error === 'object' && error !== null ? error : {};
  return explainCoded(coded, settings) ?? (coded.cause ? explainStartFailure(coded.cause, settings) : undefined);
}

function explainCoded(coded: Coded, settings: Settings): Complaint | undefined {
  const code = typeof coded.code === 'string' ? coded.code : '';
  const reason = typeof coded.message === 'string' ? coded.message : code;
  const dir = settings.dataDir;
  const encrypted = encryption(code, coded);
  if (encrypted) return encrypted;
  if (coded.syscall === 'listen' || coded.syscall === 'getaddrinfo') return listening(coded, settings);
  if (code === 'KACHEL_OWNER') {
    return { word: 'badValue', params: { flag: 'KACHEL_OWNER', value: '…' }, reason: needsOwner };
  }
  if (code === 'KACHEL_DATABASE_NEWER') return { word: 'databaseNewer', params: { dir } };
  if (code === 'ERR_DLOPEN_FAILED') return { word: 'sqliteMissing' };
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|FULL|IOERR)/.test(code)) {
    return { word: 'dataDirNotWritable', params: { dir, reason: code } };
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return { word: 'databaseBroken', params: { dir, reason } };
  if (/^(EACCES|EROFS|ENOSPC|EPERM|ENOTDIR)$/.test(code)) {
    return { word: 'dataDirNotWritable', params: { dir, reason: code } };
  }
  return undefined;
}
