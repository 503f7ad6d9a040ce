import { describe, expect, it } from 'vitest';
import { commands, findCommand, type CommandContext } from '../../../server/cli/commands.ts';
import { refusal } from '../../../server/cli/refusal.ts';
import { readInvocation } from '../../../server/cli/settings.ts';
import { explain, tell, type TerminalLanguage } from '../../../server/cli/words.ts';
import { operationsOf } from '../../../server/control/operations.ts';
import { fail, ok } from '../../../shared/result.ts';
import { pageOf, testApp, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson } from '../../support/people.ts';
import { connectWire } from '../../support/wire.ts';

/** Runs one command line against a house; returns what the terminal shows and the exit code. */
async function terminal({ app }: TestApp, language: TerminalLanguage, ...args: string[]) {
  const lines: string[] = [];
  const invocation = readInvocation(args, {});
  if (!invocation.ok) return { lines: [explain(language, invocation.error)], code: 2 };
  const { words, password, allow } = invocation.value;
  const found = findCommand(words, { password, allow });
  if (!found.ok) return { lines: [explain(language, found.error)], code: 2 };
  const context: CommandContext = {
    dataDir: '/nowhere',
    withKeys: false,
    perform: async (operation, input) => {
      const reply = await operationsOf(app, '/nowhere')[operation](input);
      return reply.ok ? ok(reply.value) : fail(refusal(reply.error));
    },
    print: (text) => lines.push(text),
    tell: (word, params) => lines.push(tell(language, word, params)),
    say: (sentence) => lines.push(explain(language, sentence)),
    ...(password === undefined ? {} : { password }),
    ...(allow === undefined ? {} : { allow }),
  };
  const end = await found.value?.command.run(context, found.value.args);
  if (end && 'word' in end) return { lines: [...lines, explain(language, end)], code: 2 };
  return { lines, code: end?.exitCode ?? 0 };
}

async function furnished(): Promise<TestApp> {
  const test = await testApp();
  test.app.house.save({ document: testHouse([switchTile('lamp'), switchTile('garage', { roomId: 'kitchen' })]) });
  await addPerson(test, 'Lena', { grants: { rooms: { living: 'operate' } } });
  return test;
}

describe('kachel may', () => {
  it.each<[TerminalLanguage, string, string[], string, number]>([
    [
      'en',
      'a yes',
      ['lena', 'publish', 'lamp/set'],
      'Yes, Lena may publish to lamp/set: the room Living room: operate.',
      0,
    ],
    [
      'de',
      'a yes',
      ['Lena', 'read', 'lamp/state'],
      'Ja, Lena darf lamp/state lesen: der Raum Living room: bedienen.',
      0,
    ],
    [
      'en',
      'a no',
      ['Lena', 'publish', 'garage/set'],
      'No, Lena may not publish to garage/set: the room Kitchen: no.',
      1,
    ],
    ['de', 'a no', ['Lena', 'read', 'else'], 'Nein, Lena darf else nicht lesen: nichts erlaubt es.', 1],
    ['en', 'an owner', ['Anna', 'read', '#'], 'Yes, Anna may read #: owners may everything.', 0],
    ['en', 'nobody', ['Zoe', 'read', 'a'], 'There is nobody called Zoe.', 2],
    ['en', 'no topic', ['Anna', 'publish', 'a/#'], 'This is not a topic.', 2],
    ['de', 'no action', ['Anna', 'tanzt', 'a'], 'Sag publish oder read, nicht „tanzt“.', 2],
  ])('%s: %s', async (language, _what, args, line, code) => {
    expect(await terminal(await furnished(), language, 'may', ...args)).toEqual({ lines: [line], code });
  });

  it('tells the next yes in the time of the house', async () => {
    const test = await testApp();
    test.app.house.save({ document: testHouse([switchTile('garage')]) });
    await test.request({ method: 'PUT', url: '/api/settings/time-zone', payload: { timeZone: 'Europe/Berlin' } });
    const hours = { days: [1], fromMinute: 420, toMinute: 1_140 };
    const grants = {
      exceptions: [{ tileId: 'garage', level: 'operate' as const, hours: { ...hours, days: [1 as const] } }],
    };
    await addPerson(test, 'Lena', { grants });
    expect(await terminal(test, 'en', 'may', 'Lena', 'publish', 'garage/set')).toEqual({
      lines: [
        'No, Lena may not publish to garage/set: the hours of the exception for garage.',
        'Next yes: 2023-11-20 07:00',
      ],
      code: 1,
    });
  });
});

describe('kachel may, used as often as it may be', () => {
  it('tells when the next one is possible', async () => {
    const test = await testApp();
    test.app.house.save({ document: testHouse([switchTile('garage')]) });
    await test.request({ method: 'PUT', url: '/api/settings/time-zone', payload: { timeZone: 'Europe/Berlin' } });
    const exceptions = [{ tileId: 'garage', level: 'operate' as const, timesPerHour: 1 }];
    await addPerson(test, 'Lena', { grants: { exceptions } });
    const page = await connectWire(test.app.broker, { version: 5, origin: { principal: pageOf(test.app, 'Lena') } });
    const command = { topic: 'garage/set', payload: 'ON', qos: 1, messageId: 7, retain: false, dup: false } as const;
    page.send({ cmd: 'publish', ...command });
    await page.expect('puback');
    test.clock.advance(60_000);
    expect(await terminal(test, 'en', 'may', 'Lena', 'publish', 'garage/set')).toEqual({
      lines: [
        'No, Lena may not publish to garage/set: the limits of the exception for garage.',
        'Next yes: 2023-11-15 00:14',
      ],
      code: 1,
    });
  });
});

describe('kachel who', () => {
  it('lists everybody with the reason', async () => {
    const test = await furnished();
    expect(await terminal(test, 'en', 'who', 'publish', 'garage/set')).toEqual({
      lines: ['yes  Anna: owners may everything', 'no   Lena: the room Kitchen: no'],
      code: 0,
    });
  });
});

describe('kachel device add --allow', () => {
  it('gives exactly these rules', async () => {
    const test = await testApp();
    const add = ['device', 'add', 'Plug', '--password', 'a chosen password'];
    await terminal(test, 'en', ...add, '--allow', 'readwrite plug/#', '--allow=deny plug/secret');
    expect(test.app.auth.devices.byUsername('plug')?.rules).toEqual([
      { access: 'readwrite', filter: 'plug/#' },
      { access: 'deny', filter: 'plug/secret' },
    ]);
    expect(await terminal(test, 'en', 'may', 'plug', 'publish', 'plug/secret')).toEqual({
      lines: ['No, Plug may not publish to plug/secret: its rule "deny plug/secret".'],
      code: 1,
    });
  });

  it.each<[TerminalLanguage, string]>([
    ['en', 'It may use every topic. Narrower: --allow "readwrite plug/#"'],
    ['de', 'Es darf jedes Topic benutzen. Enger: --allow "readwrite plug/#"'],
  ])('%s: without it the terminal says that the device may use everything', async (language, sentence) => {
    const add = ['device', 'add', 'Plug', '--password', 'a chosen password'];
    const wide = await terminal(await testApp(), language, ...add);
    expect(wide.lines.join(' ')).toContain(sentence);
    const narrow = await terminal(await testApp(), language, ...add, '--allow', 'read #');
    expect(narrow.lines.join(' ')).not.toContain('--allow');
  });

  it.each<[TerminalLanguage, string[], string]>([
    ['en', ['device', 'add', 'x', '--allow', 'all #'], '--allow cannot be "all #": write an access and a topic filter'],
    ['de', ['device', 'add', 'x', '--allow'], '--allow braucht einen Wert: RULE.'],
    ['en', ['user', 'add', 'x', '--allow', 'read #'], '"user add" does not take "--allow".'],
  ])('%s: %j is refused', async (language, args, sentence) => {
    const { lines, code } = await terminal(await testApp(), language, ...args);
    expect(lines[0]).toContain(sentence);
    expect(code).toBe(2);
  });
});

it('every command that asks or makes is in the help', () => {
  expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['may', 'who', 'device add']));
});
