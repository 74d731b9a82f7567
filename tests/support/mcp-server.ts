import { createServer, type IncomingMessage } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { onTestFinished } from 'vitest';
import { createResource, removeResource } from '#lib/resources/index';
import { stranger } from './actors.ts';
import { db } from './database.ts';
import { freePort } from './free-port.ts';
import { origin } from './listening.ts';
import { aMachine, introspect } from './oauth.ts';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

/**
 * An MCP server for a test, with one tool that returns the caller. It is a resource of this platform, protected as the Model Context Protocol
 * requires (RFC 9728), and introspects each token. `shown` has the received tokens.
 */
export async function anMcpServer(scopes = ['files:read']) {
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  const uri = `${home}/mcp`;
  const self = await aMachine();
  await createResource(operator, { uri, name: 'Files', scopes, introspectedBy: [self.clientId] });
  onTestFinished(() => removeResource(operator, uri));
  const metadataUrl = `${home}/.well-known/oauth-protected-resource/mcp`;
  const shown: string[] = [];

  const callerOf = async ({ headers }: IncomingMessage) => {
    const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return undefined;
    shown.push(token);
    const told = await introspect(self, token);
    return told.active && told.aud === uri ? (told as { client_id: string; scope: string }) : undefined;
  };

  const server = createServer(async (request, response) => {
    if (request.url === new URL(metadataUrl).pathname) {
      response.setHeader('content-type', 'application/json');
      const metadata = { resource: uri, authorization_servers: [origin], scopes_supported: scopes };
      return void response.end(JSON.stringify(metadata));
    }
    if (request.url !== '/mcp') return void response.writeHead(404).end();
    const caller = await callerOf(request);
    if (!caller) {
      const error = request.headers.authorization ? ' error="invalid_token",' : '';
      const challenge = `Bearer${error} resource_metadata="${metadataUrl}", scope="${scopes.join(' ')}"`;
      return void response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
    // Without sessions: each request gets a new server.
    const mcp = new McpServer({ name: 'files', version: '1.0.0' });
    mcp.registerTool('whoami', { description: 'Says who calls.' }, () => ({
      content: [{ type: 'text', text: `${caller.client_id} ${caller.scope}` }],
    }));
    const transport = new StreamableHTTPServerTransport({});
    response.on('close', () => void transport.close());
    await mcp.connect(transport);
    await transport.handleRequest(request, response);
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { uri, shown };
}
