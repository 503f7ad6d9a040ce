import { expect, test } from 'vitest';
import { createThrottle } from '../../../server/auth/throttle.ts';

const exhaust = (address: string): ReturnType<typeof createThrottle> => {
  const throttle = createThrottle(() => 0);
  for (let tries = 0; tries < 5; tries += 1) throttle.failed('lamp', address);
  return throttle;
};

test.each([
  { from: '192.168.1.7', other: '192.168.1.8', isSame: false },
  { from: '::ffff:192.168.1.7', other: '::ffff:192.168.1.8', isSame: false },
  { from: '::ffff:192.168.1.7', other: '192.168.1.7', isSame: true },
  { from: '2001:db8:1:2::7', other: '2001:db8:1:2:a:b:c:d', isSame: true },
  { from: '2001:db8:1:2::7', other: '2001:db8:1:3::7', isSame: false },
])('guessing from $from slows $other down: $isSame', ({ from, other, isSame }) => {
  const throttle = exhaust(from);
  expect(throttle.waitMs('lamp', from)).toBeGreaterThan(0);
  expect(throttle.waitMs('lamp', other) > 0).toBe(isSame);
});

test('who got in again and again is still known after others came', () => {
  const throttle = createThrottle(() => 0);
  const home = '192.168.1.7';
  throttle.succeeded('lamp', home);
  throttle.succeeded('lamp', home);
  throttle.succeeded('radio', home);
  throttle.succeeded('lamp', home);
  for (let address = 0; address < 100; address += 1) throttle.failed('lamp', `10.0.0.${address}`);
  expect(throttle.waitMs('lamp', '10.0.1.1')).toBeGreaterThan(0);
  expect(throttle.waitMs('lamp', home)).toBe(0);
});
