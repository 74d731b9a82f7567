import { lookup as resolve } from 'node:dns';
import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What went wrong in words that tell nobody anything about our networks. */
export const refusedAddress = 'It leads to an address that is not public.';

const refuse = () => Object.assign(new Error(refusedAddress), { code: 'ADDRESS_REFUSED' });

/**
 * A connection to the host of `url`, encrypted for https, on which not one byte was sent before the address at its other end
 * was looked at: an answer of the name service that changes between two questions gains nothing.
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
  socket.on('error', () => undefined); // whoever waits hears of it; one that comes too late is nobody's
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

/** Resolves a name and refuses it when any of its addresses is refused, so that not even a connection is tried. */
function lookupAllowed(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, answer) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address))) return answer(refuse(), []);
      return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
    });
}
