import { describe, expect, it } from 'vitest';
import { readInvocation } from '../../../server/cli/settings.ts';
import { explainStartFailure } from '../../../server/cli/start-failure.ts';
import { explain } from '../../../server/cli/words.ts';

const invocation = readInvocation(['--data-dir', '/srv/kachel', '--host', '192.0.2.7'], {});
if (!invocation.ok) throw new Error('the test itself is wrong');
const { settings } = invocation.value;

const sentence = (error: unknown): string | undefined => {
  const complaint = explainStartFailure(error, settings);
  return complaint && explain('en', complaint);
};

describe('why a start failed', () => {
  it.each([
    [
      { code: 'EADDRINUSE', syscall: 'listen', port: 8_080 },
      'Port 8080 is already in use. Choose another with --http-port',
    ],
    [{ code: 'EADDRINUSE', syscall: 'listen', port: 1_883 }, 'with --mqtt-port'],
    [{ code: 'EACCES', syscall: 'listen', port: 80 }, 'Port 80 may not be opened by this user'],
    [{ code: 'EADDRNOTAVAIL', syscall: 'listen', port: 8_080 }, 'This machine has no address 192.0.2.7'],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'This machine has no address 192.0.2.7'],
    [{ code: 'KACHEL_DATABASE_NEWER' }, 'The database in /srv/kachel was written by a newer Kachel'],
    [{ code: 'SQLITE_NOTADB', message: 'file is not a database' }, 'cannot be read (file is not a database)'],
    [{ code: 'SQLITE_CANTOPEN' }, 'The data directory /srv/kachel cannot be written to (SQLITE_CANTOPEN)'],
    [{ code: 'ENOSPC' }, 'cannot be written to (ENOSPC)'],
    [{ code: 'EADDRINUSE', syscall: 'listen', port: 8_443 }, 'with --https-port'],
    [
      { code: 'KACHEL_CERTIFICATE', file: '/etc/cert.pem', message: 'no start line' },
      'The certificate /etc/cert.pem cannot be used: no start line. Nothing was started.',
    ],
    [{ code: 'KACHEL_ACME_PORT_TAKEN', port: 80 }, 'Port 80 is needed for --acme, but another program uses it'],
    [{ code: 'KACHEL_ACME_PORT_FORBIDDEN', port: 80 }, 'CAP_NET_BIND_SERVICE'],
    [
      new Error('wrapped', { cause: { code: 'KACHEL_OWNER' } }),
      'KACHEL_OWNER cannot be "…": write name:password, the password with at least 10 characters.',
    ],
    [{ code: 'ERR_DLOPEN_FAILED' }, 'npm rebuild better-sqlite3'],
    [
      new Error('wrapped', { cause: { code: 'EADDRINUSE', syscall: 'listen', port: 1_883 } }),
      'Port 1883 is already in use',
    ],
  ])('%o', (error, expected) => {
    expect(sentence(error)).toContain(expected);
  });

  it.each([new TypeError('x is undefined'), 'text', undefined, null])('is a bug: %o', (error) => {
    expect(sentence(error)).toBeUndefined();
  });
});
