import { beforeEach, describe, expect, it } from 'vitest';
import type { Tile } from '../../../shared/house/house.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { Commands, shownMs, type OutgoingMessage, type SendFailure } from '../../../web/live/commands.ts';
import type { PinQuestion } from '../../../web/app/pin-question.svelte.ts';
import { FakeEnvironment } from '../../support/fake-environment.ts';
import { bytes, lamp } from '../../support/house.ts';

describe('commands', () => {
  let environment: FakeEnvironment;
  let sent: OutgoingMessage[];
  let failures: string[];
  let isUp: boolean;
  let reply: Result<void, SendFailure>;
  let commands: Commands;
  let asked: { readonly question: PinQuestion; readonly isAgain: boolean }[];
  let isKept: boolean;
  const power = { role: 'power', value: true, phase: 'final' } as const;
  const status = (tile: Tile = lamp()): string | undefined => commands.of(tile.id)?.status;
  const settled = (): Promise<void> => Promise.resolve().then(() => undefined);

  beforeEach(() => {
    environment = new FakeEnvironment();
    sent = [];
    failures = [];
    isUp = true;
    reply = ok(undefined);
    asked = [];
    isKept = false;
    commands = new Commands({
      environment,
      serverNowMs: () => 1_700_000_000_000,
      isUp: () => isUp,
      publish: (message) => {
        sent.push(message);
        return Promise.resolve(reply);
      },
      onFailed: (_tile, command) => failures.push(command.status),
      askPin: (question, isAgain) => {
        if (isKept && !isAgain) return false;
        asked.push({ question, isAgain });
        return true;
      },
    });
  });

  it('sends at once, with the time-out as message expiry', () => {
    commands.send(lamp({ timeoutMs: 2_500 }), power);
    expect(sent).toEqual([{ topic: 'home/lamp/set', payload: 'ON', qos: 1, retain: false, expirySeconds: 3 }]);
    expect(status()).toBe('sent');
  });

  it.each([
    ['more than allowed', 'level', 100, '80'],
    ['less than allowed', 'level', 0, '10'],
    ['within', 'level', 50, '50'],
    ['a colour, which keeps its hue', 'color', { h: 0, s: 100, v: 100 }, '#cc0000'],
  ] as const)('sends what a person may at most: %s', (_what, role, value, payload) => {
    const tile = lamp({
      bindings: {
        level: { type: 'number', unit: '%', commandTopic: 'level/set' },
        color: { type: 'color', commandTopic: 'color/set' },
      },
    });
    commands.send(tile, { role, value, phase: 'final', range: { min: 10, max: 80 } });
    expect(sent.map((message) => message.payload)).toEqual([payload]);
  });

  it('is confirmed only by the state topic, and shows it with the value', async () => {
    commands.send(lamp(), power);
    await settled();
    expect(status()).toBe('sent');
    commands.onReport('home/lamp', bytes('OFF'));
    commands.flush();
    expect(status()).toBe('sent');
    commands.onReport('home/lamp', bytes('ON'));
    expect(status()).toBe('sent');
    commands.flush();
    expect(status()).toBe('confirmed');
    environment.pass(shownMs.confirmed);
    expect(status()).toBeUndefined();
    expect(failures).toEqual([]);
  });

  it('is not confirmed after the time-out, and a late answer clears the failure', () => {
    commands.send(lamp(), power);
    environment.pass(4_999);
    expect(status()).toBe('sent');
    environment.pass(1);
    expect(status()).toBe('not-confirmed');
    expect(failures).toEqual(['not-confirmed']);
    commands.onReport('home/lamp', bytes('ON'));
    commands.flush();
    expect(status()).toBeUndefined();
  });

  it('sends nothing while offline, neither now nor later', () => {
    isUp = false;
    commands.send(lamp(), power);
    expect(commands.of('lamp')).toMatchObject({ status: 'not-sent', reason: 'offline' });
    isUp = true;
    environment.pass(60_000);
    expect(sent).toEqual([]);
    expect(status()).toBeUndefined();
  });

  it.each([
    ['not-allowed', 'refused'],
    ['too-large', 'refused'],
    ['offline', 'not-sent'],
  ] as const)('tells %s as %s', async (reason, expected) => {
    reply = fail({ reason });
    commands.send(lamp(), power);
    await settled();
    expect(commands.of('lamp')).toMatchObject({ status: expected, reason });
    environment.pass(shownMs.refused);
    expect(status()).toBeUndefined();
  });

  it('keeps what a limit refused, and when it lets it through again', async () => {
    reply = fail({ reason: 'times', againAt: '14:05' });
    commands.send(lamp(), power);
    await settled();
    const refused = { topic: 'home/lamp/set', payload: 'ON' };
    expect(commands.of('lamp')).toMatchObject({ status: 'refused', reason: 'times', againAt: '14:05', refused });
    // The next one begins anew.
    reply = ok(undefined);
    commands.send(lamp(), power);
    expect(commands.of('lamp')).not.toHaveProperty('againAt');
  });

  it('never pretends without a state topic', async () => {
    commands.send(lamp({ bindings: { power: { type: 'boolean', commandTopic: 'home/lamp/set' } } }), power);
    await settled();
    expect(status()).toBe('no-feedback');
    environment.pass(shownMs['no-feedback']);
    expect(status()).toBeUndefined();
  });

  it('refuses what may only be looked at', () => {
    commands.send(lamp({ viewOnly: true }), power);
    expect(commands.of('lamp')).toMatchObject({ status: 'refused', reason: 'view-only' });
    expect(sent).toEqual([]);
  });

  it('replaces a waiting command by a further tap', () => {
    commands.send(lamp(), power);
    const first = commands.of('lamp')?.id ?? 0;
    commands.send(lamp(), { ...power, value: false });
    commands.onReport('home/lamp', bytes('ON'));
    commands.flush();
    expect(commands.of('lamp')).toMatchObject({ id: first + 1, status: 'sent', value: false });
    commands.onReport('home/lamp', bytes('OFF'));
    commands.flush();
    expect(status()).toBe('confirmed');
  });

  it('accepts a number within what the device can express', () => {
    const dimmer = lamp({
      bindings: { level: { type: 'number', stateTopic: 'd', commandTopic: 'd/set', scale: 100 / 255, step: 1 } },
    });
    commands.send(dimmer, { role: 'level', value: 62, phase: 'final' });
    expect(sent[0]?.payload).toBe('158');
    commands.onReport('d', bytes('158'));
    commands.flush();
    expect(status()).toBe('confirmed');
  });

  describe('while a finger moves', () => {
    const move = (value: number, phase: 'live' | 'final' = 'live'): void =>
      commands.send(
        lamp({ live: { intervalMs: 150 }, bindings: { level: { type: 'number', commandTopic: 'd/set' } } }),
        { role: 'level', value, phase },
      );
    const values = (): string[] => sent.map((message) => message.payload);

    it('sends the first at once, then the newest per interval, and always the last', () => {
      for (const value of [1, 2, 3]) move(value);
      expect(values()).toEqual(['1']);
      environment.pass(150);
      expect(values()).toEqual(['1', '3']);
      move(4);
      move(5, 'final');
      expect(values()).toEqual(['1', '3', '5']);
      environment.pass(1_000);
      expect(values()).toEqual(['1', '3', '5']);
    });

    it('sends nothing before the release unless the tile is live', () => {
      const quiet = lamp({ bindings: { level: { type: 'number', commandTopic: 'd/set' } } });
      commands.send(quiet, { role: 'level', value: 1, phase: 'live' });
      expect(values()).toEqual([]);
      commands.send(quiet, { role: 'level', value: 2, phase: 'final' });
      expect(values()).toEqual(['2']);
    });
  });

  describe('with a PIN', () => {
    const asking = { ...power, pin: 'both' } as const;

    it('waits for it: nothing is sent and nothing is shown as sent', () => {
      commands.send(lamp(), asking);
      expect(sent).toEqual([]);
      expect(status()).toBeUndefined();
      expect(asked[0]?.question).toMatchObject({ tile: { id: 'lamp' }, role: 'power', value: true });
    });

    it('goes out once when it was right', () => {
      commands.send(lamp(), asking);
      asked[0]?.question.send();
      expect(sent).toHaveLength(1);
      expect(status()).toBe('sent');
    });

    it('is sent at once while it need not be asked again', () => {
      isKept = true;
      commands.send(lamp(), asking);
      expect(asked).toEqual([]);
      expect(sent).toHaveLength(1);
    });

    it('asks for the way that is meant alone', () => {
      commands.send(lamp(), { ...power, value: false, pin: 'on' });
      expect(sent).toHaveLength(1);
      commands.send(lamp(), { ...power, value: true, pin: 'on' });
      expect(asked).toHaveLength(1);
    });

    it('says so on the tile when nobody gave it, and is tried again by a tap', () => {
      commands.send(lamp(), asking);
      asked[0]?.question.drop();
      expect(commands.of('lamp')).toMatchObject({ status: 'refused', reason: 'pin', value: true });
      expect([sent, failures]).toEqual([[], []]);
      commands.send(lamp(), asking);
      expect(asked).toHaveLength(2);
    });

    it('asks nobody while a finger moves, nor offline', () => {
      commands.send(lamp(), { ...asking, phase: 'live' });
      expect([sent, asked]).toEqual([[], []]);
      isUp = false;
      commands.send(lamp(), asking);
      expect(asked).toEqual([]);
      expect(status()).toBe('not-sent');
    });

    it('asks when the broker says so, whatever this page thought', async () => {
      reply = fail({ reason: 'pin' });
      isKept = true;
      commands.send(lamp(), power);
      await settled();
      expect(status()).toBeUndefined();
      expect(failures).toEqual([]);
      expect(asked).toMatchObject([{ isAgain: true, question: { value: true } }]);
    });
  });
});
