import { describe, expect, it } from 'vitest';
import { greet, type Greeting } from '../../../server/cli/greeting.ts';

const full: Greeting = {
  version: '1.2.3',
  dataDir: '/srv/kachel',
  httpPort: 8_080,
  mqttPort: 1_883,
  lanAddress: '192.168.1.20',
  setupCode: 'ABCD-EFGH',
  firewall: { name: 'ufw', command: 'sudo ufw allow 8080,1883/tcp' },
  allowAnonymous: false,
  isTerminal: false,
};

describe('the first lines on the terminal', () => {
  it('say where to go, how to set up, where the data lies', () => {
    const text = greet(full, 'en').join('\n');
    for (const part of [
      'http://localhost:8080/',
      'http://192.168.1.20:8080/',
      '192.168.1.20:1883',
      '/srv/kachel',
      'http://192.168.1.20:8080/#setup=ABCD-EFGH',
      'sudo ufw allow 8080,1883/tcp',
      '▄',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tell where it is encrypted, where phones learn to trust, and what to compare', () => {
    const secure = { ...full, httpsPort: 8_443, mqttsPort: 8_883, fingerprint: 'AB:CD:EF' };
    const text = greet(secure, 'en').join('\n');
    for (const part of [
      'https://192.168.1.20:8443/',
      '192.168.1.20:8883',
      'http://192.168.1.20:8080/trust',
      'AB:CD:EF',
    ])
      expect(text).toContain(part);
    const { fingerprint: _, ...vouched } = secure;
    expect(greet(vouched, 'en').join('\n')).not.toMatch(/trust|Fingerprint/);
  });

  it.each([
    ['the address in use', ['kachel.local', 'localhost', '192.168.1.20'], 'https://192.168.1.20:8443/'],
    [
      'another name, when it lacks the address',
      ['localhost', '*.example.org', 'home.example.org'],
      'https://home.example.org:8443/',
    ],
    ['the address all the same, when it has nothing better', ['localhost', '127.0.0.1'], 'https://192.168.1.20:8443/'],
  ])('show by the certificate %s', (_what, certificateNames, address) => {
    const text = greet({ ...full, httpsPort: 8_443, mqttsPort: 8_883, certificateNames }, 'en').join('\n');
    expect(text).toContain(address);
    expect(text).toContain(`${new URL(address).hostname}:8883`);
  });

  it('warn of what others could read', () => {
    const loose = [
      { path: '/srv/kachel', mode: '755' },
      { path: '/srv/kachel/kachel.db', mode: '644', reason: 'EPERM' },
    ];
    const text = greet({ ...full, loose }, 'en').join('\n');
    expect(text).toContain('WARNING: others could read /srv/kachel (755). Now only this user can.');
    expect(text).toContain('could not be changed (EPERM)');
  });

  it('leave out what is not there', () => {
    const text = greet({ version: '1', dataDir: '/d', allowAnonymous: false, isTerminal: false }, 'en').join('\n');
    expect(text).not.toMatch(/undefined|http:|▄|Set up/);
  });

  it('need no code once there is an owner', () => {
    const { setupCode: _, ...settled } = full;
    expect(greet(settled, 'en').join('\n')).not.toContain('#setup=');
  });

  it('speak German and warn of anonymous access', () => {
    const text = greet({ ...full, allowAnonymous: true }, 'de').join('\n');
    expect(text).toContain('Im Haus');
    expect(text).toContain('WARNUNG');
  });
});
