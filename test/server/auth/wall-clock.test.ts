import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cookieOf, owner, testApp } from '../../support/app.ts';
import { testClock } from '../../support/clock.ts';
import { addPerson } from '../../support/people.ts';

const startMs = 1_700_000_000_000;
const dayMs = 86_400_000;
/** A day of timers runs. */
const timeoutMs = 60_000;

it(
  'a clock that starts in the past revives neither a guest nor a login',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kachel-clock-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const databaseFile = join(folder, 'kachel.db');
    const clock = testClock(startMs);
    const before = await testApp({ databaseFile, clock });
    const guest = await addPerson(before, 'Gast', { role: 'guest', endsAtMs: startMs + dayMs });
    const payload = { ...owner, stay: false };
    const short = cookieOf(await before.app.inject({ method: 'POST', url: '/api/login', payload }));
    const open = (cookie: string) => ({ url: '/api/house', headers: { cookie } });
    expect((await before.app.inject(open(short))).statusCode).toBe(200);
    clock.advance(dayMs + 1);
    await before.app.close();

    const { app } = await testApp({ databaseFile, clock: testClock(startMs - 1_000 * dayMs) });
    expect(app.auth.nowMs()).toBe(startMs + dayMs + 1);
    expect((await app.inject(open(guest.cookie))).json()).toMatchObject({ code: 'account-ended' });
    expect((await app.inject(open(short))).statusCode).toBe(401);
  },
  timeoutMs,
);
