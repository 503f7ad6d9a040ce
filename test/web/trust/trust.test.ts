import { describe, expect, it } from 'vitest';
import { secureOrigin, sendAddress, shortFingerprint } from '../../../web/trust/addresses.ts';
import { TrustCheck, type CheckEnvironment } from '../../../web/trust/check.svelte.ts';
import { ordered, platformOf, systemOf } from '../../../web/trust/platform.ts';
import { stepsOf } from '../../../web/trust/steps.ts';

const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15';
const android = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0';

describe('the own device', () => {
  it.each([
    [iphone, 5, 'iphone'],
    [mac, 5, 'iphone'],
    [mac, 0, 'computer'],
    [android, 5, 'android'],
    [firefox, 0, 'computer'],
  ])('%.40s with %i touch points: %s', (userAgent, maxTouchPoints, platform) => {
    expect(platformOf({ userAgent, maxTouchPoints })).toBe(platform);
  });

  it('comes first', () => {
    expect(ordered('android')).toEqual(['android', 'iphone', 'computer']);
  });

  it('has the settings of its system', () => {
    expect([systemOf({ userAgent: firefox }), systemOf({ userAgent: mac })]).toEqual(['firefox', 'mac']);
    expect(stepsOf('iphone', 'mac').file).toMatch(/\.mobileconfig$/);
    expect(stepsOf('android', 'linux').file).toMatch(/\.crt$/);
  });
});

describe('addresses', () => {
  const names = ['kachel.local', '192.168.1.5', '::1'];
  it.each([
    ['192.168.1.5', 8_443, 'https://192.168.1.5:8443'],
    ['[::1]', 8_443, 'https://[::1]:8443'],
    ['203.0.113.7', 8_443, 'https://kachel.local:8443'],
    ['kachel.local', 443, 'https://kachel.local'],
  ])('of %s on port %i: %s', (hostname, httpsPort, origin) => {
    expect(secureOrigin({ names, httpsPort }, hostname)).toBe(origin);
  });

  it.each([
    [['*.example.org', 'house.example.org'], 'https://house.example.org:8443'],
    [['2001:db8::1'], 'https://[2001:db8::1]:8443'],
    [['*.example.org'], 'https://kachel.local:8443'],
  ])('of a certificate for %j: %s', (own, origin) => {
    expect(secureOrigin({ names: own, httpsPort: 8_443 }, '192.168.1.5')).toBe(origin);
  });

  it('are none without TLS', () => {
    expect(secureOrigin({ names }, 'kachel.local')).toBeUndefined();
  });

  it('for another phone are the plain ones', () => {
    const trust = { host: '192.168.1.5', httpPort: 8_080 };
    expect(sendAddress(trust, { protocol: 'http:', port: '9000' })).toBe('http://192.168.1.5:9000/trust');
    expect(sendAddress(trust, { protocol: 'https:', port: '8443' })).toBe('http://192.168.1.5:8080/trust');
    expect(sendAddress({ host: 'x' }, { protocol: 'https:', port: '8443' })).toBeUndefined();
  });

  it('and fingerprints are short enough to compare', () => {
    const bytes = Array.from({ length: 32 }, (_, n) => n.toString(16).padStart(2, '0').toUpperCase());
    expect(shortFingerprint(bytes.join(':'))).toBe('00 01 02 03 04 05 … 1E 1F');
  });
});

describe('the check', () => {
  /** A browser whose answers and returns are made by hand. */
  function browser(answer: () => Promise<Response>) {
    const runs: (() => void)[] = [];
    let asked = 0;
    const environment: CheckEnvironment = {
      fetch: () => {
        asked++;
        return answer();
      },
      nowMs: () => 1,
      every: (_ms, run) => {
        runs.push(run);
        return () => undefined;
      },
      onReturn: () => () => undefined,
    };
    return { environment, runs, asked: () => asked };
  }

  it.each([
    ['trusted', () => Promise.resolve(Response.json({ protocol: 'TLSv1.3' }))],
    ['untrusted', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['unreachable', () => Promise.reject(new DOMException('', 'TimeoutError'))],
  ] as const)('finds it %s', async (outcome, answer) => {
    const check = new TrustCheck('https://kachel.local:8443', browser(answer).environment);
    await check.ask();
    expect(check.outcome).toBe(outcome);
    expect(check.checkedMs).toBe(1);
  });

  it('asks one question at a time, and none once it is trusted', async () => {
    const { environment, runs, asked } = browser(() => Promise.resolve(Response.json({})));
    const check = new TrustCheck('https://kachel.local:8443', environment);
    const first = check.ask();
    await check.ask();
    await first;
    expect(asked()).toBe(1);
    check.start();
    for (const run of runs) run();
    expect(asked()).toBe(1);
  });
});
