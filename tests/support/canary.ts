import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

type Identity = { cert: string; key: string };

/** A server on loopback that counts connections, also incomplete ones. It uses https if it has a certificate. */
export async function startCanary(
  answer: RequestListener = (_, response) => void response.end('{}'),
  identity?: Identity,
) {
  let connections = 0;
  let open = 0;
  const paths: string[] = [];
  const noted: RequestListener = (request, response) => {
    paths.push(request.url ?? '');
    answer(request, response);
  };
  const server = identity ? createTlsServer(identity, noted) : createServer(noted);
  server.on('connection', (socket) => {
    connections += 1;
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${identity ? 'https' : 'http'}://127.0.0.1:${port}`,
    connections: () => connections,
    open: () => open,
    paths,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
