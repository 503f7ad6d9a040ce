import { describe, expect, it } from 'vitest';
import { allowanceMs, maxAllowances } from '../../../shared/api/allowances.ts';
import type { LogReply } from '../../../shared/api/logbook.ts';
import type { AskReply, Subject } from '../../../shared/api/people.ts';
import { testApp, pageOf, type TestApp } from '../../support/app.ts';
import { switchTile, testHouse } from '../../support/house.ts';
import { addPerson, type TestPerson } from '../../support/people.ts';
import { connectWire, type ConnectedWire } from '../../support/wire.ts';

const notAuthorized = 0x87;
const noMatch = 0x10;

interface Scene {
  readonly test: TestApp;
  readonly lena: TestPerson;
  readonly wire: ConnectedWire;
}

/** Lena sees the lamp and may not switch it; her page is connected. */
async function scene(): Promise<Scene> {
  const test = await testApp();
  test.app.house.save({ document: testHouse([switchTile('lamp')]) });
  const lena = await addPerson(test, 'Lena', { grants: { rooms: { living: 'see' } } });
  const origin = { principal: pageOf(test.app, 'Lena') };
  return { test, lena, wire: await connectWire(test.app.broker, { version: 5, clientId: 'lena', origin }) };
}

const published = async (wire: ConnectedWire): Promise<number> => {
  wire.send({ cmd: 'publish', topic: 'lamp/set', payload: 'ON', qos: 1, messageId: 7, retain: false, dup: false });
  return (await wire.expect('puback')).reasonCode ?? 0;
};
const post = ({ request }: Pick<TestApp, 'request'>, url: string, payload: object) =>
  request({ method: 'POST', url, payload });
const about = (subject: Subject, topic = 'lamp/set') => ({ subject, action: 'send', topic }) as const;
const person = ({ id }: TestPerson): Subject => ({ kind: 'person', id });
const ask = async ({ test, lena }: Scene, atMs?: number): Promise<AskReply> =>
  (await post(test, '/api/rights/ask', { ...about(person(lena)), ...(atMs === undefined ? {} : { atMs }) })).json();

describe('allowing something for a while', () => {
  it('acts at once on the open connection, and is over by itself', async () => {
    const all = await scene();
    const { test, lena, wire } = all;
    expect(await published(wire)).toBe(notAuthorized);
    const reply = await post(test, '/api/rights/allow', about(person(lena)));
    const untilMs = test.app.auth.nowMs() + allowanceMs;
    expect(reply.json()).toEqual({ untilMs });
    expect(await published(wire)).toBe(noMatch);
    expect(await ask(all)).toMatchObject({ isAllowed: true, steps: [{}, { kind: 'allowance', untilMs }, {}, {}] });
    expect((await ask(all, untilMs)).isAllowed).toBe(false);
    // The old connection was silent for too long.
    test.clock.advance(allowanceMs + 1_000);
    const again = await connectWire(test.app.broker, {
      version: 5,
      clientId: 'again',
      origin: { principal: pageOf(test.app, 'Lena') },
    });
    expect(await published(again)).toBe(notAuthorized);
    expect((await ask(all)).steps.some(({ kind }) => kind === 'allowance')).toBe(false);
  });

  it('shows on the page of whoever was refused', async () => {
    const { test, lena } = await scene();
    const viewOnly = async (): Promise<readonly string[]> =>
      (await lena.request({ url: '/api/snapshot' })).json<{ access: { viewOnly: string[] } }>().access.viewOnly;
    expect(await viewOnly()).toEqual(['lamp']);
    await post(test, '/api/rights/allow', about(person(lena)));
    expect(await viewOnly()).toEqual([]);
  });

  it('can be ended early, and both stand in the log', async () => {
    const all = await scene();
    const { test, lena, wire } = all;
    await post(test, '/api/rights/allow', about(person(lena)));
    expect((await post(test, '/api/rights/disallow', about(person(lena)))).statusCode).toBe(204);
    expect(await published(wire)).toBe(notAuthorized);
    expect((await post(test, '/api/rights/disallow', about(person(lena)))).statusCode).toBe(204);
    const { entries } = (await test.request({ url: '/api/log?kind=access' })).json<LogReply>();
    expect(entries.slice(0, 2).map(({ deed, actor }) => [deed, actor?.name])).toEqual([
      [{ what: 'disallowed', name: 'Lena', target: 'lamp/set' }, 'Anna'],
      [{ what: 'allowed', name: 'Lena', target: 'lamp/set' }, 'Anna'],
    ]);
  });

  it('opens one topic for one subject, and nothing beside it', async () => {
    const all = await scene();
    const { test, lena } = all;
    const mia = await addPerson(test, 'Mia', { grants: { rooms: { living: 'see' } } });
    await post(test, '/api/rights/allow', about(person(lena)));
    expect((await ask({ ...all, lena: mia })).isAllowed).toBe(false);
    const read = { ...about(person(lena), 'secret/topic'), action: 'read' };
    expect((await post(test, '/api/rights/ask', read)).json<AskReply>().isAllowed).toBe(false);
  });

  it('is refused for filters, for what Kachel keeps to itself, for who is blocked, and to all but owners', async () => {
    const { test, lena } = await scene();
    const device = (await post(test, '/api/devices', { name: 'Plug' })).json<{ id: string }>();
    await test.request({ method: 'PATCH', url: `/api/devices/${device.id}`, payload: { isBlocked: true } });
    const codeOf = async (asked: object, who: Pick<TestApp, 'request'> = test): Promise<string> =>
      (await post(who, '/api/rights/allow', asked)).json<{ code: string }>().code;
    expect(await codeOf(about(person(lena), 'lamp/#'))).toBe('bad-request');
    expect(await codeOf(about(person(lena), '$SYS/x'))).toBe('bad-request');
    expect(await codeOf(about({ kind: 'device', id: device.id }))).toBe('bad-request');
    expect(await codeOf(about({ kind: 'device', id: 'nobody' }))).toBe('not-found');
    expect(await codeOf(about(person(lena)), lena)).toBe('not-allowed');
  });

  it('has a limit', async () => {
    const { test, lena } = await scene();
    for (let n = 0; n < maxAllowances; n += 1) test.app.rights.allow(about(person(lena), `t/${n}`));
    const reply = await post(test, '/api/rights/allow', about(person(lena)));
    expect(reply.json()).toMatchObject({ code: 'limit-reached' });
    expect((await post(test, '/api/rights/allow', about(person(lena), 't/0'))).statusCode).toBe(200);
  });
});
