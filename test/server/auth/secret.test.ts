import { expect, test } from 'vitest';
import { opensGenerated, sealGenerated } from '../../../server/auth/secret.ts';

/** As earlier versions wrote it, salt and hash in the same letters. */
const sealedBefore = 'sha256:c2FsdA:oQzdpHfosd_s8qaec_o_HNhzdsZEWMwRXUByoCQl1Hw';

test.each([
  ['the password', sealGenerated('made up'), 'made up', true],
  ['another password', sealGenerated('made up'), 'made-up', false],
  ['no password', sealGenerated('made up'), '', false],
  ['letters of several bytes', sealGenerated('grün'), 'grün', true],
  ['a seal of an earlier version', sealedBefore, 'of before', true],
  ['a seal that was cut', sealGenerated('made up').slice(0, -1), 'made up', false],
  ['a seal without a hash', 'sha256:c2FsdA', 'made up', false],
  ['another kind of hash', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 'made up', undefined],
])('%s opens a generated seal or not', (_, stored, password, isOpen) => {
  expect(opensGenerated(stored, password)).toBe(isOpen);
});
