import * as version2 from '@modelcontextprotocol/client';
import type { OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js';
import * as version1 from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Agent, aPersonsAgent, decide, locationOf } from '#support/authorizing';
import { origin } from '#support/listening';
import { anMcpServer } from '#support/mcp-server';

process.env.CLIENTELE_REGISTRATION = 'open';

const redirectUrl = 'http://127.0.0.1:43117/callback';

type Kept = {
  client?: OAuthClientInformationMixed;
  tokens?: OAuthTokens;
  verifier?: string;
  sentTo?: URL;
  discovery?: OAuthDiscoveryState;
};

/** What a program keeps between the steps, as the documentation of the packages has it, and where it would send its person. */
function aProvider(metadata: Partial<OAuthClientMetadata>) {
  const kept: Kept = {};
  const keep = (more: Kept) => void Object.assign(kept, more);
  const clientMetadata: OAuthClientMetadata = {
    client_name: 'MCP program',
    redirect_uris: [redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...metadata,
  };
  return {
    kept,
    redirectUrl,
    clientMetadata,
    state: () => 'a-state',
    clientInformation: () => kept.client,
    saveClientInformation: (client: OAuthClientInformationMixed) => keep({ client }),
    tokens: () => kept.tokens,
    saveTokens: (tokens: OAuthTokens) => keep({ tokens }),
    redirectToAuthorization: (sentTo: URL) => keep({ sentTo }),
    saveCodeVerifier: (verifier: string) => keep({ verifier }),
    codeVerifier: () => kept.verifier ?? '',
    saveDiscoveryState: (discovery: OAuthDiscoveryState) => keep({ discovery }),
    discoveryState: () => kept.discovery,
  };
}
type Provider = ReturnType<typeof aProvider>;

/** A package's client and its way to a server: `finish` hands on what came to the redirect URI. */
type Connect = (
  url: URL,
  authProvider: Provider,
) => {
  call: () => Promise<unknown>;
  finish: (arrived: URLSearchParams) => Promise<void>;
};

const info = { name: 'program', version: '1.0.0' };

const packages: [name: string, connect: Connect][] = [
  [
    '@modelcontextprotocol/sdk',
    (url, authProvider) => {
      const transport = new StreamableHTTPClientTransport(url, { authProvider });
      const client = new version1.Client(info);
      return {
        finish: (arrived) => transport.finishAuth(arrived.get('code') ?? ''),
        call: async () => {
          await client.connect(transport);
          return client.callTool({ name: 'whoami' });
        },
      };
    },
  ],
  [
    '@modelcontextprotocol/client',
    (url, authProvider) => {
      const transport = new version2.StreamableHTTPClientTransport(url, { authProvider });
      const client = new version2.Client(info);
      return {
        finish: (arrived) => transport.finishAuth(arrived),
        call: async () => {
          await client.connect(transport);
          return client.callTool({ name: 'whoami' });
        },
      };
    },
  ],
];

let agent: Agent;
beforeAll(async () => {
  agent = await aPersonsAgent();
});

describe.each(packages)('the npm package %s', (_name, connect) => {
  test.each<[said: string, metadata: Partial<OAuthClientMetadata>, method: string]>([
    ['nothing of authentication', {}, 'client_secret_basic'],
    ['client_secret_post', { token_endpoint_auth_method: 'client_secret_post' }, 'client_secret_post'],
    ['none', { token_endpoint_auth_method: 'none' }, 'none'],
    ['an empty scope', { token_endpoint_auth_method: 'none', scope: '' }, 'none'],
  ])(
    'discovers, registers with %s, is allowed, calls, and refreshes what has expired',
    async (_said, metadata, method) => {
      const { uri, shown } = await anMcpServer();
      const provider = aProvider(metadata);
      const { kept } = provider;
      await expect(connect(new URL(uri), provider).call()).rejects.toThrow(/unauthori[sz]ed/i);
      expect(kept.client).toMatchObject({ client_id: expect.any(String), token_endpoint_auth_method: method });
      expect(kept.sentTo?.href.startsWith(`${origin}/oauth/authorize?`)).toBe(true);
      expect(kept.sentTo?.searchParams.get('resource')).toBe(uri);

      const consent = locationOf(await agent.go(kept.sentTo?.href ?? ''));
      const arrived = new URL(await decide(agent, consent, 'allow'));
      expect(arrived.href.startsWith(`${redirectUrl}?`)).toBe(true);
      await connect(new URL(uri), provider).finish(arrived.searchParams);
      const said = { content: [{ type: 'text', text: `${kept.client?.client_id} files:read` }] };
      expect(await connect(new URL(uri), provider).call()).toMatchObject(said);

      const first = kept.tokens;
      expect(first).toMatchObject({
        token_type: expect.stringMatching(/^bearer$/i),
        refresh_token: expect.any(String),
      });
      kept.tokens = { ...first, access_token: 'expired', token_type: 'Bearer' };
      expect(await connect(new URL(uri), provider).call()).toMatchObject(said);
      expect(kept.tokens?.access_token).not.toBe(first?.access_token);
      expect(shown.at(-1)).toBe(kept.tokens?.access_token);
    },
  );
});
