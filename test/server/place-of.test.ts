import { expect, test } from 'vitest';
import { placeOf } from '../../server/place-of.ts';

test.each([
  ['192.168.1.7', '192.168.1.7'],
  ['::ffff:192.168.1.7', '192.168.1.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['::ffff:808:808', '0:0:0:0:0:ffff:808:808'],
  ['not an address', 'not an address'],
])('%s lies in %s', (address, place) => expect(placeOf(address)).toBe(place));
