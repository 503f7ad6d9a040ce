import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogReply } from '../../../shared/api/logbook.ts';
import { logIn, owner, testApp, type TestApp } from '../../support/app.ts';
import { keptLog } from '../../support/log.ts';
import { addPerson } from '../../support/people.ts';
import { codeOf, give, operate, ownerAtHome, rightPin, setPin, wrongPin, type Requests } from '../../support/pin.ts';

describe('guessing', () => {
  const minute = 60_000;
  const wrongTimes = async (who: Requests, count: number): Promise<unknown[]> => {
    const replies: unknown[] = [];
    for (let index = 0; index < count; index++) {
      const { code, params } = (await give(who, wrongPin)).json<{ code: string; params?: object }>();
      replies.push([code, params]);
    }
    return replies;
  };
  const locked = (test: TestApp, minutes: number) => ['pin-locked', { untilMs: test.clock.now() + minutes * minute }];

  it('gets five tries, then waits of 1, 5 and 30 minutes', async () => {
    const { test } = await ownerAtHome();
    expect(await wrongTimes(test, 5)).toEqual([
      ...[4, 3, 2, 1].map((left) => ['wrong-pin', { left }]),
      locked(test, 1),
    ]);
    expect(codeOf(await give(test, rightPin))).toBe('pin-locked');
    for (const minutes of [5, 30, 30]) {
      test.clock.advance(minute * (minutes === 5 ? 1 : minutes === 30 ? 30 : 0));
      expect(await wrongTimes(test, 1)).toEqual([locked(test, minutes)]);
    }
    test.clock.advance(30 * minute);
    expect((await give(test, rightPin)).statusCode).toBe(200);
    expect(await wrongTimes(test, 1)).toEqual([['wrong-pin', { left: 4 }]]);
  });

  it('at once gets no more tries than one after the other', async () => {
    const { test } = await ownerAtHome();
    const replies = await Promise.all(Array.from({ length: 20 }, () => give(test, wrongPin)));
    const tried = replies.filter((reply) => reply.statusCode === 403);
    expect(tried.length).toBeLessThanOrEqual(4);
    const { message } = replies[19]?.json<{ message: string }>() ?? {};
    expect(message).toBeDefined();
    test.clock.advance(1);
    const stored = test.app.store.db.prepare<[], { wrong_tries: number }>('SELECT wrong_tries FROM pin').get();
    expect(stored?.wrong_tries).toBeLessThanOrEqual(5);
    expect(stored?.wrong_tries).toBeGreaterThan(0);
  });

  it('locks nobody else out', async () => {
    const { test } = await ownerAtHome();
    const lena = await addPerson(test, 'Lena', { grants: operate });
    await setPin(lena, '4711');
    await wrongTimes(test, 5);
    expect((await give(lena, '4711')).statusCode).toBe(200);
  });

  it('goes on waiting on another login', async () => {
    const { test } = await ownerAtHome();
    await wrongTimes(test, 5);
    const cookie = await logIn(test.app);
    const second: Requests = { request: (options) => test.app.inject({ ...options, headers: { cookie } }) };
    expect(codeOf(await give(second, rightPin))).toBe('pin-locked');
  });

  it('ends with a new PIN, for which the password is needed', async () => {
    const { test } = await ownerAtHome();
    await wrongTimes(test, 5);
    const bad = await test.request({
      method: 'PUT',
      url: '/api/pin',
      payload: { password: 'not it, really', pin: '9999' },
    });
    expect(codeOf(bad)).toBe('wrong-password');
    expect(codeOf(await give(test, rightPin))).toBe('pin-locked');
    await setPin(test, '9999');
    expect((await give(test, '9999')).statusCode).toBe(200);
  });

  it('gets no new tries by a restart, nor by a clock that was set back', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kachel-pin-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const databaseFile = join(dir, 'kachel.db');
    const { test } = await ownerAtHome({ databaseFile });
    await wrongTimes(test, 5);
    const { cookie } = test;
    await test.app.close();
    const again = await testApp({ databaseFile });
    const same: Requests = { request: (options) => again.app.inject({ ...options, headers: { cookie } }) };
    expect(codeOf(await give(same, rightPin))).toBe('pin-locked');
    again.clock.advance(-86_400_000);
    expect(codeOf(await give(same, rightPin))).toBe('pin-locked');
    again.clock.advance(86_400_000 + minute);
    expect((await give(same, rightPin)).statusCode).toBe(200);
  });

  it('is told by the log of the house, counted, and the PIN itself is nowhere', async () => {
    const { log, lines } = keptLog();
    const { test } = await ownerAtHome({ log });
    await wrongTimes(test, 2);
    const reply = (await test.request({ url: '/api/log' })).json<LogReply>();
    const entries = reply.entries.filter(({ isWrongPin }) => isWrongPin);
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      kind: 'refused',
      decidedBy: 'pin',
      actor: { kind: 'person', name: owner.name, via: 'page' },
      tile: { id: 'door', title: 'door', room: 'Living room' },
    });
    expect(reply.refusedToday).toBe(2);
    expect(test.app.http.refusals.counts()).toMatchObject({ 'wrong-pin': 2 });
    await give(test, rightPin);
    const told = [
      JSON.stringify(lines),
      JSON.stringify(reply),
      (await test.request({ url: '/api/log.csv' })).body,
      (await test.request({ url: '/api/people' })).body,
      (await test.request({ url: '/api/snapshot' })).body,
    ].join('\n');
    for (const secret of [rightPin, wrongPin, '$argon2']) expect(told).not.toContain(secret);
    const { hash } = test.app.store.db.prepare<[], { hash: string }>('SELECT hash FROM pin').get() ?? { hash: '' };
    expect(hash).toMatch(/^\$argon2id\$/);
  });
});
