import { expect, test } from 'vitest';
import { createVerified } from '../../../server/auth/verified.ts';

const lamp = { id: 'lamp', username: 'lamp', secret: '$argon2id$one' };

test('a password that fitted is known again, and no other', () => {
  const verified = createVerified();
  expect(verified.has(lamp, 'right')).toBe(false);
  verified.add(lamp, 'right');
  expect(verified.has(lamp, 'right')).toBe(true);
  expect(verified.has(lamp, 'wrong')).toBe(false);
});

test.each([
  ['a new password', { ...lamp, secret: '$argon2id$two' }],
  ['another user name', { ...lamp, username: 'plug' }],
  ['another account', { ...lamp, id: 'plug' }],
])('%s makes it worthless', (_what, other) => {
  const verified = createVerified();
  verified.add(lamp, 'right');
  expect(verified.has(other, 'right')).toBe(false);
});

test('only so many are remembered: who was there last stays', () => {
  const verified = createVerified({ maxAccounts: 2 });
  const account = (id: string) => ({ ...lamp, id });
  for (const id of ['a', 'b']) verified.add(account(id), 'right');
  expect(verified.has(account('a'), 'right')).toBe(true);
  verified.add(account('c'), 'right');
  expect(['a', 'b', 'c'].map((id) => verified.has(account(id), 'right'))).toEqual([true, false, true]);
});
