import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testApp } from '../../support/app.ts';

const readme = readFileSync('README.md', 'utf8');
const [, name = '', password = ''] = /device add (\S+) --password (\S+)/.exec(readme) ?? [];

test('the first device of the README can be made as it says, and logs in as it says', async () => {
  const { app } = await testApp();
  expect(await app.devices.add(name, { password })).toMatchObject({ ok: true, value: { username: name } });
  for (const [, user, given] of readme.matchAll(/mosquitto_[ps]ub .*-u (\S+) -P (\S+)/g)) {
    expect([user, given]).toEqual([name, password]);
  }
});
