import { expect, test } from 'vitest';
import { addressBlock, addressIn } from '../../src/access/address-block.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:C000:201', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('addressBlock of %s is %s', (address, block) => {
  expect(addressBlock(address)).toBe(block);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:51234', '203.0.113.9'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['::1', '::1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['2001:db8::1:443', '2001:db8::1:443'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['', null],
  ['unknown', null],
  ['_hidden', null],
  ['203.0.113.9:', null],
  ['203.0.113.9:port', null],
  ['203.0.113.9:123456', null],
  ['203.0.113', null],
  ['[203.0.113.9]:80', null],
  ['[2001:db8::1', null],
  ['[2001:db8::1]443', null],
  ['localhost:80', null],
  ['203.0.113.9 ', null],
  ['2001:db8::g', null],
])('addressIn of %j is %s', (text, address) => {
  expect(addressIn(text)).toBe(address);
});
