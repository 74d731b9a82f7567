import { lookup as resolve } from 'node:dns';
import { once } from 'node:events';
import { BlockList, connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** The reason for a refused address. It reveals nothing about our networks. */
export const refusedAddress = 'It leads to an address that is not public.';

const refuse = () => Object.assign(new Error(refusedAddress), { code: 'ADDRESS_REFUSED' });

/**
 * A connection to the host of `url`, encrypted for https. The address of the connected peer is checked before the first byte is sent, so a
 * DNS answer that changes between two lookups (rebinding) has no effect.
 */
export async function connectTo(
  url: URL,
  isAllowed: (address: string) => boolean,
  signal: AbortSignal,
): Promise<Socket> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) > 0 && !isAllowed(host)) throw refuse();
  const encrypted = url.protocol === 'https:';
  const port = Number(url.port || (encrypted ? 443 : 80));
  const socket = connect({ host, port, lookup: lookupAllowed(isAllowed), signal });
  socket.on('error', () => undefined); // `once` below reports errors; later ones have no listener
  await once(socket, 'connect', { signal });
  if (!isAllowed(socket.remoteAddress ?? '')) {
    socket.destroy();
    throw refuse();
  }
  if (!encrypted) return socket;
  const servername = isIP(host) > 0 ? '' : host;
  const secure = connectTls({ socket, host, servername, ALPNProtocols: ['http/1.1'] });
  secure.on('error', () => undefined);
  signal.addEventListener('abort', () => secure.destroy(), { once: true });
  await once(secure, 'secureConnect', { signal });
  return secure;
}

/** Resolves a name. If one of its addresses is not allowed, it refuses the name, so that no connection is opened. */
function lookupAllowed(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, answer) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address))) return answer(refuse(), []);
      return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
    });
}

const blocked = new BlockList();
// RFC 6890 and IANA's registries of special-purpose addresses: the networks that contain no public hosts.
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
])
  add(network, 'ipv4');
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'])
  add(network, 'ipv6');

const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function add(network: string, family: 'ipv4' | 'ipv6') {
  const [address = '', bits] = network.split('/');
  blocked.addSubnet(address, Number(bits), family);
}

/** Whether an IP address may be a public host. An IPv6 address that contains an IPv4 address (mapped, 6to4, NAT64) may not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && global.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/** Whether an IP address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family > 0 && !/^::ffff:/i.test(address) && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
