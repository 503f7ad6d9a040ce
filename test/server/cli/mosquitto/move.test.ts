import { pbkdf2Sync } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { doorsFor } from '../../../../server/cli/mosquitto/doors.ts';
import { mosquittoFiles } from '../../../../server/cli/mosquitto/export.ts';
import { planMove } from '../../../../server/cli/mosquitto/plan.ts';
import { operationsOf } from '../../../../server/control/operations.ts';
import { testApp, type TestApp } from '../../../support/app.ts';
import { connectWire, openWire } from '../../../support/wire.ts';

/** As mosquitto_passwd 2.0 writes it. */
const hashOf = (password: string): string => {
  const salt = Buffer.from('twelve bytes');
  const hash = pbkdf2Sync(password, salt, 101, 64, 'sha512');
  return `$7$101$${salt.toString('base64')}$${hash.toString('base64')}`;
};
const files: Readonly<Record<string, string>> = {
  '/m/mosquitto.conf': 'listener 1883\npassword_file passwd\nacl_file acl',
  '/m/passwd': `anna:${hashOf('short')}\nplug:${hashOf('plug secret')}`,
  '/m/acl': 'pattern write tele/%u/#\nuser anna\ntopic readwrite #\nuser plug\ntopic read cmnd/plug/#',
};
const move = planMove('/m/mosquitto.conf', { read: (path) => files[path], list: () => undefined });
const luggage = { accounts: move.accounts, sharedRules: move.patterns, groupName: 'Mosquitto' };
const bringIn = ({ app }: TestApp, input: unknown = luggage) => operationsOf(app, '/nowhere')['accounts-import'](input);
const login = (username: string, password: string) => ({
  clientId: `${username} client`,
  connect: { username, password: Buffer.from(password) },
});

describe('a Mosquitto home moves in', () => {
  it('with its passwords, which are kept better from the first login on', async () => {
    const test = await testApp();
    expect(await bringIn(test)).toEqual({ ok: true, value: { devices: 2 } });
    const secret = (): string | undefined => test.app.auth.devices.byUsername('anna')?.secret;
    expect(secret()).toMatch(/^\$7\$/);
    const stranger = openWire(test.app.broker);
    stranger.send({
      cmd: 'connect',
      protocolVersion: 4,
      protocolId: 'MQTT',
      clean: true,
      keepalive: 0,
      clientId: 'stranger',
      username: 'anna',
      password: Buffer.from('Short'),
    });
    expect(await stranger.expect('connack')).toMatchObject({ returnCode: 4 });
    await connectWire(test.app.broker, login('anna', 'short'));
    await vi.waitFor(() => expect(secret()).toMatch(/^\$argon2id\$/));
    await connectWire(test.app.broker, login('anna', 'short'));
  });

  it('with its rules', async () => {
    const test = await testApp();
    await bringIn(test);
    const { id } = test.app.auth.devices.byUsername('plug')!;
    const may = (action: 'publish' | 'receive', topic: string): boolean =>
      test.app.rights.may({ kind: 'device', id }, action, topic);
    expect(may('receive', 'cmnd/plug/POWER')).toBe(true);
    expect(may('publish', 'cmnd/plug/POWER')).toBe(false);
    expect(may('publish', 'tele/plug/STATE')).toBe(true);
    expect(may('publish', 'tele/anna/STATE')).toBe(false);
  });

  it('whole or not at all', async () => {
    const test = await testApp();
    await test.app.devices.add('plug');
    expect(await bringIn(test)).toMatchObject({ ok: false, error: { code: 'name-taken', params: { name: 'plug' } } });
    expect(test.app.auth.devices.count()).toBe(1);
    expect(test.app.rightsStore.groups()).toEqual([]);
  });

  it('and moves out again', async () => {
    const test = await testApp();
    await bringIn(test);
    await test.app.devices.add('generated');
    const reply = await operationsOf(test.app, '/nowhere')['accounts-export']({});
    const { passwordFile, aclFile, leftOut } = mosquittoFiles(
      (reply as { value: { accounts: Parameters<typeof mosquittoFiles>[0] } }).value.accounts,
    );
    expect(passwordFile).toBe(`${files['/m/passwd']}\n`);
    expect(aclFile).toBe(
      'user anna\ntopic readwrite #\ntopic write tele/anna/#\n\nuser plug\ntopic read cmnd/plug/#\ntopic write tele/plug/#\n',
    );
    expect(leftOut).toEqual([{ username: 'generated', why: 'generated' }]);
  });
});

describe('the settings that open the same doors', () => {
  const listener = (port: number, over: object = {}) => ({ file: '/c', line: 1, port, isWebSocket: false, ...over });
  it.each([
    [[listener(1883)], []],
    [[listener(1884, { address: '127.0.0.1' })], ['KACHEL_MQTT_PORT=1884', 'KACHEL_HOST=127.0.0.1']],
    [
      [listener(1883), listener(8884, { certFile: '/c.pem', keyFile: '/k.pem' })],
      ['KACHEL_MQTTS_PORT=8884', 'KACHEL_TLS_CERT=/c.pem', 'KACHEL_TLS_KEY=/k.pem'],
    ],
    [[listener(9001, { isWebSocket: true })], ['KACHEL_MQTT_PORT=off']],
    // Beside an open encrypted door the plain one stays shut for the network.
    [
      [listener(1883, { address: 'localhost' }), listener(8883, { certFile: '/c.pem' })],
      ['KACHEL_MQTT_PLAIN=loopback', 'KACHEL_TLS_CERT=/c.pem'],
    ],
  ])('%j', (listeners, settings) => {
    expect(doorsFor(listeners)).toEqual({ settings, leftOut: [] });
  });

  it('and those that stay shut, or would open wider, are named', () => {
    const address = '192.168.1.5';
    const { leftOut } = doorsFor([listener(1883, { address }), listener(1884), listener(8883, { certFile: '/c.pem' })]);
    expect(leftOut).toEqual([
      { file: '/c', line: 1, code: 'listener', text: '1884' },
      { file: '/c', line: 1, code: 'address', text: `1883 ${address}` },
    ]);
  });
});
