import { BlockList, isIP } from 'node:net';

/** The header under which the front tells pages and programs the caller's network; what a caller sends there is overwritten. */
export const networkHeader = 'x-clientele-network';

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An address as written by the socket or a proxy: no zone, no brackets, no port, an IPv4 in IPv6 as itself. */
function plain(text: string): string {
  const address = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  return address.replace(/^::ffff:(\d+(?:\.\d+){3})$/i, '$1');
}

/** An IPv4 address, or the /64 of an IPv6 address: what one subscriber holds. */
function networkOfAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const all = tail === undefined ? groups : [...groups, ...Array(8 - groups.length - after.length).fill('0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}

/** Tells whether an address is one of the operator's own proxies (addresses or networks like `10.0.0.0/8`). */
function trustIn(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return (address) => isIP(address) > 0 && list.check(address, family(address));
}

/**
 * Whose network a request comes from: the connection's, or, while that is a trusted proxy's, the one that proxy names in
 * `X-Forwarded-For` (read from the right: whatever stands left of a stranger was written by the stranger).
 */
export function networkReader(proxies: readonly string[]) {
  const isTrusted = trustIn(proxies);
  return (remoteAddress: string | undefined, forwardedFor: string | string[] | undefined): string => {
    const chain = [forwardedFor ?? []].flat().join(',').split(',').map(plain);
    let address = plain(remoteAddress ?? '');
    while (isTrusted(address)) {
      const before = chain.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return isIP(address) === 0 ? 'unknown' : networkOfAddress(address);
  };
}
