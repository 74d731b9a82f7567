import { describe, expect, test } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from '#lib/guarded-fetch/connect';

describe('public addresses', () => {
  test.each([
    '1.1.1.1',
    '93.184.216.34',
    '172.32.0.1',
    '192.167.1.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.9.9',
    ],
    ...[
      '192.0.0.8',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.0.1',
      '198.18.0.1',
      '198.19.9.9',
      '198.51.100.7',
      '203.0.113.9',
    ],
    ...['224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '100::1',
    ],
    ...[
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '3fff::1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
      'ff02::1',
      '5f00::1',
    ],
    ...['', 'localhost', '127.1', '2130706433', '0x7f.1', '1.1.1.1 ', '2606:4700::1111%1'],
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(['127.0.0.1', '127.9.9.9', '::1'])('%s is loopback', (address) =>
    expect(isLoopbackAddress(address)).toBe(true),
  );
  test.each(['::ffff:127.0.0.1', '0.0.0.0', '10.0.0.1', '::', 'localhost', '8.8.8.8'])(
    '%s is not loopback',
    (address) => expect(isLoopbackAddress(address)).toBe(false),
  );
});
