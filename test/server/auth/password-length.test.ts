import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPeople } from '../../../server/auth/people.ts';
import { createPasswordHasher } from '../../../server/auth/password.ts';
import { logIn, owner, testApp } from '../../support/app.ts';

const old = { name: owner.name, password: 'eight888' };

/** A server whose owner chose a password when eight characters were enough. */
async function withOldPassword() {
  const test = await testApp();
  const person = test.app.auth.people.byName(owner.name);
  const hashed = await createPasswordHasher().hash(old.password, { line: 'later', name: 'test' });
  if (!person || !hashed.ok) throw new Error('the test itself is wrong');
  createPeople(test.app.store.db).put({ ...person, passwordHash: hashed.value });
  return test;
}

it('keeps opening to a password that was long enough once', async () => {
  const { app } = await withOldPassword();
  expect(await logIn(app, old)).toMatch(/^kachel=/);
});

it('changes such a password only to one of ten characters', async () => {
  const { app } = await withOldPassword();
  const cookie = await logIn(app, old);
  const change = (next: string) =>
    app.inject({ method: 'POST', url: '/api/password', headers: { cookie }, payload: { current: old.password, next } });
  const refused = await change('nine 9999');
  expect(refused.json()).toMatchObject({ code: 'weak-password', params: { min: 10 } });
  expect((await change('ten 101010')).statusCode).toBe(204);
});

it('takes a short KACHEL_OWNER only where somebody is in charge already', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kachel-data-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const databaseFile = join(dataDir, 'kachel.db');
  const start = () => testApp({ databaseFile, withOwner: false, config: { owner: old } });
  await expect(start()).rejects.toMatchObject({ code: 'KACHEL_OWNER' });
  await (await testApp({ databaseFile })).app.close();
  await expect(start()).resolves.toBeDefined();
});
