import { describe, expect, it } from 'vitest';
import { readAclFile, writeAclFile } from '../../../../server/cli/mosquitto/acl-file.ts';
import { readConf, type Files } from '../../../../server/cli/mosquitto/conf.ts';
import { isMosquittoHash, opensOldHash } from '../../../../server/auth/old-hash.ts';
import { readPasswordFile, writePasswordFile } from '../../../../server/cli/mosquitto/password-file.ts';

/** As `mosquitto_passwd -H sha512` 2.0.11 writes the password "secret"; 1.6 and older wrote no other. */
const oldHash =
  '$6$pW/9wQ0BIwTetuhp$f3Lpkkc3UDEJSaL4xwqoFuNFNw/GYngePFGPM1iSMORC1vJLq5Hs0BHWxfd6YQS1lYNFAYsAAltp/dAWoIL2UA==';

/** The same password as `mosquitto_passwd` 2.0.11 writes it by itself. */
const newerHash =
  '$7$101$3ghJBMIKEF0dNrBP$wF6+cmEvcNz79SxkRu9En47Y9zMHHkLz8L2Jr0H7ph0FEJVV+gAG4pZTKGzw3/DfFlhBntwDd38G5iwM2Q87fw==';

const filesOf = (content: Readonly<Record<string, string>>): Files => ({
  read: (path) => content[path],
  list: (path) => {
    const names = Object.keys(content).filter((one) => one.startsWith(`${path}/`));
    return names.length === 0 ? undefined : names.map((one) => one.slice(path.length + 1));
  },
});

describe('a Mosquitto password file', () => {
  it('gives names and hashes, and goes back', () => {
    const content = `# people\nanna:${oldHash}\n\nplug 1:${oldHash}\n`;
    const { entries, mistakes } = readPasswordFile('/p', content);
    expect(mistakes).toEqual([]);
    expect(entries.map(({ username, line }) => [username, line])).toEqual([
      ['anna', 2],
      ['plug 1', 4],
    ]);
    expect(readPasswordFile('/p', writePasswordFile(entries)).entries.map(({ hash }) => hash)).toEqual([
      oldHash,
      oldHash,
    ]);
  });

  it.each([
    ['anna:plain', 'no-hash'],
    ['anna', 'no-name'],
    [`:${oldHash}`, 'no-name'],
    ['anna:$6$salt', 'bad-hash'],
    ['anna:$7$999999999999$c2FsdA==$aGFzaA==', 'bad-hash'],
    [`anna:${oldHash}\nanna:${oldHash}`, 'name-twice'],
  ])('refuses %s', (content, code) => {
    const { mistakes } = readPasswordFile('/etc/p', content);
    expect(mistakes).toMatchObject([{ file: '/etc/p', line: content.split('\n').length, code }]);
    expect(JSON.stringify(mistakes)).not.toContain('plain');
  });
});

describe('an old hash', () => {
  it.each([oldHash, newerHash])('of mosquitto_passwd fits its password only: %s', async (hash) => {
    expect(await opensOldHash(hash, 'secret')).toBe(true);
    expect(await opensOldHash(hash, 'Secret')).toBe(false);
  });

  it('is left to others when it is none', async () => {
    const argon = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect(isMosquittoHash(argon)).toBe(true);
    expect(await opensOldHash(argon, 'secret')).toBeUndefined();
    expect(await opensOldHash('sha256:a:b', 'secret')).toBeUndefined();
  });
});

describe('a Mosquitto ACL file', () => {
  const content = [
    '# comment',
    'topic read public/#',
    'pattern readwrite home/%u/#',
    'user plug 1',
    'topic write tele/plug1/+',
    'topic cmnd/plug1/#',
    'topic deny cmnd/plug1/Password',
    'topic read with blank/#',
    'user empty',
    'topic read literal/%u',
  ].join('\n');

  it('gives rules by user, patterns, and what strangers may', () => {
    const { users, patterns, leftOut, mistakes } = readAclFile('/a', content);
    expect(mistakes).toEqual([]);
    expect(users.get('plug 1')).toEqual([
      { access: 'write', filter: 'tele/plug1/+' },
      { access: 'readwrite', filter: 'cmnd/plug1/#' },
      { access: 'deny', filter: 'cmnd/plug1/Password' },
      { access: 'read', filter: 'with blank/#' },
    ]);
    expect(users.get('empty')).toEqual([]);
    expect(patterns).toEqual([{ access: 'readwrite', filter: 'home/%u/#' }]);
    expect(leftOut).toMatchObject([
      { line: 2, code: 'anonymous-rules' },
      { line: 10, code: 'literal-percent' },
    ]);
  });

  it('goes back', () => {
    const { users, patterns } = readAclFile('/a', content);
    const written = writeAclFile(
      [...users].map(([username, rules]) => ({ username, rules })),
      patterns,
    );
    expect(readAclFile('/a', written)).toMatchObject({ users, patterns, mistakes: [], leftOut: [] });
  });

  it.each([
    ['user a\ntopic raed home/#', 'bad-access'],
    ['user a\ntopic read home/#/x', 'bad-filter'],
    ['user a\ntopic', 'bad-filter'],
    ['user', 'no-name'],
    ['group a', 'unknown-line'],
  ])('refuses %s', (text, code) => {
    expect(readAclFile('/etc/acl', text).mistakes).toMatchObject([
      { file: '/etc/acl', line: text.split('\n').length, code },
    ]);
  });
});

describe('a mosquitto.conf', () => {
  it('gives listeners, files, and what is lost', () => {
    const conf = readConf(
      '/etc/mosquitto/mosquitto.conf',
      filesOf({
        '/etc/mosquitto/mosquitto.conf': [
          'persistence true',
          'allow_anonymous true',
          'password_file passwd',
          'listener 1883 127.0.0.1',
          'listener 8883',
          'certfile certs/server.crt',
          'keyfile /k/server.key',
          'listener 9001',
          'protocol websockets',
          'include_dir conf.d',
          'max_inflight_messages 40',
        ].join('\n'),
        '/etc/mosquitto/conf.d/b.conf': 'connection cloud\naddress example.org',
        '/etc/mosquitto/conf.d/a.conf': 'acl_file /etc/mosquitto/acl',
        '/etc/mosquitto/conf.d/notes.txt': 'listener 1',
      }),
    );
    expect(conf.mistakes).toEqual([]);
    expect(conf.listeners).toMatchObject([
      { port: 1883, address: '127.0.0.1', isWebSocket: false },
      { port: 8883, certFile: '/etc/mosquitto/certs/server.crt', keyFile: '/k/server.key' },
      { port: 9001, isWebSocket: true },
    ]);
    expect(conf.passwordFiles).toMatchObject([{ path: '/etc/mosquitto/passwd', line: 3 }]);
    expect(conf.aclFiles).toMatchObject([{ path: '/etc/mosquitto/acl', file: '/etc/mosquitto/conf.d/a.conf' }]);
    expect(conf.leftOut.map(({ code, line }) => [code, line])).toEqual([
      ['anonymous', 2],
      ['bridge', 1],
      ['bridge', 2],
      ['setting', 11],
    ]);
  });

  it('without a listener opens the default one', () => {
    const listenersOf = (text: string) => readConf('/c', filesOf({ '/c': text })).listeners.map(({ port }) => port);
    expect(listenersOf('persistence true')).toEqual([1883]);
    expect(listenersOf('port 1884\nlistener 9001')).toEqual([1884, 9001]);
    expect(listenersOf('port 0\nlistener 9001')).toEqual([9001]);
  });

  it('names file and line of a mistake', () => {
    const conf = readConf('/c', filesOf({ '/c': 'persistence true\nlistener many\ninclude_dir nowhere' }));
    expect(conf.mistakes).toMatchObject([
      { file: '/c', line: 2, code: 'bad-number' },
      { file: '/c', line: 3, code: 'file-missing', text: '/nowhere' },
    ]);
    expect(readConf('/gone', filesOf({})).mistakes).toMatchObject([{ code: 'file-missing', text: '/gone' }]);
  });
});
