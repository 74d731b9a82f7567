import { BlockList, isIP } from 'node:net';

/** The header in which `lib/http/front.ts` passes the caller's network to Hono and Next. It overwrites a value from the caller. */
export const networkHeader = 'x-clientele-network';

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Normalises an address from a socket or proxy: removes zone, brackets and port, and unwraps an IPv4-mapped IPv6 address. */
function plainAddress(text: string): string {
  const address = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  if (isIP(address) !== 6) return address;
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(shortIpv6(address)) ?? [];
  if (high === undefined || low === undefined) return address;
  const bits = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** The shortest spelling of an IPv6 address, in lower case (RFC 5952). */
const shortIpv6 = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1);

/** Returns an IPv4 address, or the /64 of an IPv6 address, which usually belongs to one subscriber. */
function networkOfAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = shortIpv6(address).split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const all = tail === undefined ? groups : [...groups, ...Array(8 - groups.length - after.length).fill('0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}

/** Returns a function that tests whether an address is one of the operator's proxies (addresses, or networks like `10.0.0.0/8`). */
function proxyTest(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return (address) => isIP(address) > 0 && list.check(address, family(address));
}

/**
 * Returns a function that determines the network of a request: the connection's address or, behind trusted proxies, the address in
 * `X-Forwarded-For`. The header is read from the right up to the first address that is not a trusted proxy: the caller can forge
 * everything to its left.
 */
export function networkReader(proxies: readonly string[]) {
  const isTrusted = proxyTest(proxies);
  return (remoteAddress: string | undefined, forwardedFor: string | string[] | undefined): string => {
    const chain = [forwardedFor ?? []].flat().join(',').split(',').map(plainAddress);
    let address = plainAddress(remoteAddress ?? '');
    while (isTrusted(address)) {
      const before = chain.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return isIP(address) === 0 ? 'unknown' : networkOfAddress(address);
  };
}
