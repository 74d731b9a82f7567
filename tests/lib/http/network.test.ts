import { describe, expect, test } from 'vitest';
import { networkReader } from '#lib/kernel/network';

describe("the caller's network", () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:FFFF:CB00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::9', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('of %s is %s', (address, network) => expect(networkReader([])(address, undefined)).toBe(network));

  test('is the connection, whatever a stranger writes into X-Forwarded-For', () => {
    expect(networkReader([])('203.0.113.7', '192.0.2.1')).toBe('203.0.113.7');
    expect(networkReader(['10.0.0.0/8'])('203.0.113.7', '192.0.2.1')).toBe('203.0.113.7');
  });

  test('is what the trusted proxies say, from right to left', () => {
    const read = networkReader(['10.0.0.0/8', '2001:db8:ffff::/48', '127.0.0.1']);
    expect(read('10.1.2.3', '192.0.2.1')).toBe('192.0.2.1');
    expect(read('10.1.2.3', '198.51.100.66, 192.0.2.1')).toBe('192.0.2.1');
    expect(read('127.0.0.1', '198.51.100.66, 192.0.2.1, 10.9.9.9')).toBe('192.0.2.1');
    expect(read('::ffff:10.1.2.3', ['198.51.100.66', '2001:db8:1:2::1, 2001:db8:ffff::5'])).toBe('2001:db8:1:2::/64');
    expect(read('10.1.2.3', '[2001:db8:1:2::1]:4711')).toBe('2001:db8:1:2::/64');
    expect(read('10.1.2.3', '192.0.2.1:4711')).toBe('192.0.2.1');
  });

  test('is an address of IPv4 also where a proxy spells it in IPv6', () => {
    const read = networkReader(['10.0.0.0/8']);
    expect(read('::ffff:a01:203', '::ffff:c000:201')).toBe('192.0.2.1');
    expect(read('10.1.2.3', '192.0.2.1, ::ffff:a09:909')).toBe('192.0.2.1');
  });

  test('is the proxy itself if it names no address', () => {
    const read = networkReader(['10.0.0.0/8']);
    for (const said of [undefined, '', 'unknown', '192.0.2.1, _hidden'])
      expect(read('10.1.2.3', said)).toBe('10.1.2.3');
  });
});
