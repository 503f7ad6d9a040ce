import { describe, expect, it } from 'vitest';
import { planMove } from '../../../../server/cli/mosquitto/plan.ts';

const hash = `$7$101$c2FsdHNhbHRzYWx0$${Buffer.alloc(64, 7).toString('base64')}`;
const plan = (content: Readonly<Record<string, string>>) =>
  planMove('/m/mosquitto.conf', { read: (path) => content[path], list: () => undefined });

describe('moving over from Mosquitto', () => {
  it('brings every login with its rules, and says what stays behind', () => {
    const move = plan({
      '/m/mosquitto.conf': 'listener 1883\npassword_file passwd\nacl_file acl',
      '/m/passwd': `anna:${hash}\nplug:${hash}`,
      '/m/acl': 'pattern read state/%u\nuser anna\ntopic readwrite #\nuser ghost\ntopic read #',
    });
    expect(move).toMatchObject({
      accounts: [
        { username: 'anna', hash, rules: [{ access: 'readwrite', filter: '#' }] },
        { username: 'plug', hash, rules: [] },
      ],
      patterns: [{ access: 'read', filter: 'state/%u' }],
      leftOut: [{ code: 'user-without-password', text: 'ghost' }],
      mistakes: [],
    });
  });

  it('lets everybody do everything where there was no ACL file', () => {
    const move = plan({ '/m/mosquitto.conf': 'password_file /m/passwd', '/m/passwd': `anna:${hash}` });
    expect(move.accounts).toMatchObject([{ rules: [{ access: 'readwrite', filter: '#' }] }]);
  });

  it('names every mistake with its place', () => {
    const move = plan({
      '/m/mosquitto.conf': 'listener 1883\npassword_file a\npassword_file b\nacl_file gone',
      '/m/a': `anna:${hash}`,
      '/m/b': `\nanna:${hash}`,
    });
    expect(move.mistakes).toEqual([
      { file: '/m/mosquitto.conf', line: 4, code: 'file-missing', text: '/m/gone' },
      { file: '/m/b', line: 2, code: 'name-twice', text: 'anna' },
    ]);
  });
});
