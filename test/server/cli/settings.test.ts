import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configDefaults } from '../../../server/config.ts';
import { helpText } from '../../../server/cli/help.ts';
import { limitHelp } from '../../../server/cli/limit-words.ts';
import { namedDefaults } from '../../../server/cli/options-limits.ts';
import { options } from '../../../server/cli/options.ts';
import { readInvocation } from '../../../server/cli/settings.ts';
import { explain } from '../../../server/cli/words.ts';

const read = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => readInvocation(args, env);

const settingsOf = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const invocation = read(args, env);
  if (!invocation.ok) throw new Error(explain('en', invocation.error));
  return invocation.value.settings;
};

const sentenceOf = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const invocation = read(args, env);
  return invocation.ok ? undefined : explain('en', invocation.error);
};

describe('reading the command line', () => {
  it('starts from the defaults', () => {
    expect(settingsOf([])).toEqual({ ...configDefaults, publicHosts: [], brokerLimits: {} });
  });

  it.each([
    [['--http-port', '0'], { httpPort: 0 }],
    [['--http-port=9000'], { httpPort: 9_000 }],
    [['--mqtt-port', 'off'], { mqttPort: 'off' }],
    [['--data-dir', '/srv/kachel'], { dataDir: '/srv/kachel' }],
    [['--host', '127.0.0.1', '--allow-anonymous'], { host: '127.0.0.1', allowAnonymous: true }],
    [
      ['http', 'mqtt', 'https', 'mqtts'].flatMap((name) => [`--${name}-port`, 'off']).concat('--allow-anonymous'),
      { allowAnonymous: true },
    ],
    [['--public-host', 'A.example', '--public-host', 'b.example'], { publicHosts: ['a.example', 'b.example'] }],
    [['--demo'], { demo: true }],
    [['--log-level', 'warn'], { logLevel: 'warn' }],
    [['--durability', 'process'], { durability: 'process' }],
    [['--https-port', '443', '--mqtts-port', 'off'], { httpsPort: 443, mqttsPort: 'off' }],
    [['--mqtt-plain', 'off'], { mqttPlain: 'off' }],
    [['--mqtt-plain', 'loopback'], { mqttPlain: [] }],
    [
      ['--mqtt-plain', '192.168.1.0/24, 10.0.0.5,fd00::/8'],
      {
        mqttPlain: [
          { network: '192.168.1.0', prefixBits: 24 },
          { network: '10.0.0.5', prefixBits: 32 },
          { network: 'fd00::', prefixBits: 8 },
        ],
      },
    ],
    [['--http-plain', 'redirect'], { httpPlain: 'redirect' }],
    [['--tls-cert', 'a.pem', '--tls-key', 'b.pem'], { tlsCert: 'a.pem', tlsKey: 'b.pem' }],
    [
      ['--acme', '--acme-email', 'a@b.c', '--public-host', 'home.example.org', '--acme-port', 'off'],
      { acme: true, acmeEmail: 'a@b.c', acmePort: 'off' },
    ],
    [['--mdns', 'off'], { mdns: false }],
    [
      ['--broker-limit', 'max-queued-messages=50', '--broker-limit', 'queue-drop-policy=newest'],
      { brokerLimits: { maxQueuedMessages: 50, queueDropPolicy: 'newest' } },
    ],
    [
      ['--broker-limit=max-connections-per-address=20'],
      { brokerLimits: { maxConnectionsPerAddress: 20, isLoopbackLimited: true } },
    ],
    [
      ['--broker-limit=is-loopback-limited=no', '--broker-limit=max-connections-per-address=20'],
      { brokerLimits: { maxConnectionsPerAddress: 20, isLoopbackLimited: false } },
    ],
    [['--metrics-token', 'sixteen-and-more'], { metricsToken: 'sixteen-and-more' }],
  ])('reads %j', (args, expected) => {
    expect(settingsOf(args)).toMatchObject(expected);
  });

  it.each([
    [{ KACHEL_HTTP_PORT: '81' }, { httpPort: 81 }],
    [{ KACHEL_DEMO: 'yes' }, { demo: true }],
    [{ KACHEL_DEMO: '0' }, { demo: false }],
    [{ KACHEL_PUBLIC_HOST: 'a.example, b.example' }, { publicHosts: ['a.example', 'b.example'] }],
    [{ KACHEL_OWNER: 'Anna:pass:word1' }, { owner: { name: 'Anna', password: 'pass:word1' } }],
    [{ KACHEL_MQTT_PORT: '' }, { mqttPort: 1_883 }],
    [
      { KACHEL_BROKER_LIMIT: 'max-sessions=5, drain-timeout-ms=1000' },
      { brokerLimits: { maxSessions: 5, drainTimeoutMs: 1_000 } },
    ],
  ])('reads %j', (env, expected) => {
    expect(settingsOf([], env)).toMatchObject(expected);
  });

  it('answers an unknown limit with all names, in both languages', () => {
    const invocation = read(['--broker-limit', 'maxInflight=1']);
    if (invocation.ok) throw new Error('it was taken');
    const names = namedDefaults.map(([name]) => name).join(', ');
    expect(explain('en', invocation.error)).toBe(
      `--broker-limit cannot be "maxInflight=1": there is no limit "maxInflight"; the names are ${names}.`,
    );
    expect(explain('de', invocation.error)).toContain(`es gibt keine Grenze „maxInflight“; die Namen sind ${names}`);
  });

  it.each(['en', 'de'] as const)('explains each limit with its default in --help (%s)', (language) => {
    const help = helpText(language);
    for (const [name, value] of namedDefaults) {
      expect(help).toContain(`  ${name}=${value}`);
      expect(limitHelp[language][name], name).toMatch(/\w/);
    }
  });

  it('reads the token for figures from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kachel-')), 'token');
    writeFileSync(file, 'sixteen-and-more\n');
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    expect(settingsOf(['--metrics-token', `@${file}`]).metricsToken).toBe('sixteen-and-more');
    expect(settingsOf([], { KACHEL_METRICS_TOKEN: `@${file}` }).metricsToken).toBe('sixteen-and-more');
  });

  it('lets a flag win over its variable', () => {
    expect(settingsOf(['--http-port', '82'], { KACHEL_HTTP_PORT: '81' }).httpPort).toBe(82);
  });

  it.each([
    [['--htp-port', '80'], {}, 'There is no option --htp-port. See --help.'],
    [['--http-port'], {}, '--http-port needs a value: PORT.'],
    [
      ['--http-port', '70000'],
      {},
      '--http-port cannot be "70000": use a number from 0 to 65535 (0 = any free port), or off.',
    ],
    [
      ['--http-port', '-1'],
      {},
      '--http-port cannot be "-1": use a number from 0 to 65535 (0 = any free port), or off.',
    ],
    [['--demo=no'], {}, '--demo takes no value.'],
    [['--data-dir', ''], {}, '--data-dir cannot be "": it must not be empty.'],
    [['--public-host', 'a b'], {}, '--public-host cannot be "a b": use a plain host name such as kachel.example.org.'],
    [
      ['--log-level', 'loud'],
      {},
      '--log-level cannot be "loud": use one of silent, fatal, error, warn, info, debug, trace.',
    ],
    [
      ['--allow-anonymous'],
      {},
      '--allow-anonymous works only when nobody else can reach the server: add --host 127.0.0.1. Nothing was started.',
    ],
    [
      [],
      { KACHEL_OWNER: 'Anna:' },
      'KACHEL_OWNER cannot be "…": write name:password, the password with at least 10 characters.',
    ],
    [
      ['--broker-limit', 'max-inflight=0'],
      {},
      '--broker-limit cannot be "max-inflight=0": max-inflight takes a whole number from 1 to 65535.',
    ],
    [
      ['--broker-limit', 'max-inflight'],
      {},
      '--broker-limit cannot be "max-inflight": max-inflight takes a whole number from 1 to 65535.',
    ],
    [
      ['--broker-limit', 'queue-drop-policy=all'],
      {},
      '--broker-limit cannot be "queue-drop-policy=all": queue-drop-policy takes one of oldest, newest.',
    ],
    [
      ['--broker-limit', 'is-loopback-limited=2'],
      {},
      '--broker-limit cannot be "is-loopback-limited=2": is-loopback-limited takes one of yes, no.',
    ],
    [
      ['--metrics-token', 'short'],
      {},
      '--metrics-token cannot be "…": use at least 16 letters, digits and signs without spaces.',
    ],
    [
      [],
      { KACHEL_METRICS_TOKEN: 'with a space in the middle' },
      '--metrics-token cannot be "…": use at least 16 letters, digits and signs without spaces.',
    ],
    [['--metrics-token', '@/nowhere/token'], {}, '--metrics-token cannot be "…": the file cannot be read (ENOENT).'],
    [[], { KACHEL_DEMO: 'maybe' }, '--demo cannot be "maybe": use 1 or 0.'],
    ...['192.168.1.0/33', '192.168.1/24', 'lan', '10.0.0.0/8/8', '', 'fd00::/129'].map(
      (who): [string[], NodeJS.ProcessEnv, string] => [
        ['--mqtt-plain', who],
        {},
        `--mqtt-plain cannot be "${who}": use all, loopback, off, or networks such as 192.168.1.0/24,10.0.0.5.`,
      ],
    ),
    [['--http-plain', 'some'], {}, '--http-plain cannot be "some": use all or redirect.'],
    [
      ['--acme-directory', 'http://ca.example'],
      {},
      '--acme-directory cannot be "http://ca.example": use an address that begins with https://.',
    ],
    [['--acme-email', 'anna'], {}, '--acme-email cannot be "anna": use an e-mail address.'],
    [['--tls-cert', 'a'], {}, '--tls-cert and --tls-key belong together: give both or none. Nothing was started.'],
    [
      ['--tls-cert', 'a', '--tls-key', 'b', '--acme', '--public-host', 'a.example'],
      {},
      'Use either --tls-cert or --acme, not both. Nothing was started.',
    ],
    [
      ['--acme', '--public-host', 'nas.lan'],
      {},
      '--acme needs a name that the internet knows: add --public-host home.example.org. Nothing was started.',
    ],
    [
      ['--http-plain', 'redirect', '--https-port', 'off'],
      {},
      '--http-plain redirect leads to HTTPS, but --https-port is off. Nothing was started.',
    ],
  ])('refuses %j %j', (args, env, sentence) => {
    expect(sentenceOf(args, env)).toBe(sentence);
  });

  it('keeps the words that are no flags', () => {
    const invocation = read(['device', 'add', 'Hall lamp', '--password', 'secret']);
    expect(invocation).toMatchObject({
      ok: true,
      value: { words: ['device', 'add', 'Hall lamp'], password: 'secret' },
    });
  });
});

describe('--help', () => {
  it.each(['en', 'de'] as const)('lists every option, variable and default in %s', (language) => {
    const text = helpText(language);
    for (const { flag, variable, shownDefault } of options) {
      expect(text).toContain(flag);
      expect(text).toContain(variable);
      expect(text).toContain(shownDefault ?? '');
    }
    expect(text).toContain('device add NAME');
    expect(text).not.toMatch(/\{\w+\}/);
  });
});
