import type { Settings } from './options.ts';
import type { Complaint } from './words.ts';

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly port?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
}

const flagOf = (port: number, settings: Settings): string =>
  port === settings.mqttPort ? '--mqtt-port' : '--http-port';

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
  if (coded.syscall === 'listen' || coded.syscall === 'getaddrinfo') return listening(coded, settings);
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
