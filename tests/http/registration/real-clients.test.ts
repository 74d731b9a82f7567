import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { type Agent, aPersonsAgent, authorizationUrl, decide, locationOf, pkce, userinfo } from '#support/authorizing';
import { origin } from '#support/listening';
import { basic, post } from '#support/oauth';
import type { Registered } from '#support/registration';

process.env.CLIENTELE_REGISTRATION = 'open';

type Program = {
  name: string;
  body: Record<string, unknown>;
  /** Where it waits for the answer: its first redirect URI, unless it takes a port that is free. */
  at?: string;
  /** What the answer to its registration has. */
  told?: object;
};

const codeAndRefresh = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
const native = { application_type: 'native' };

/** The bodies that programs send, as their sources or reports of people who run servers have them. */
const programs: Program[] = [
  {
    // npm @modelcontextprotocol/sdk 1.32.2, dist/esm/examples/client/simpleOAuthClient.js
    name: 'MCP TypeScript SDK, its OAuth example',
    body: {
      client_name: 'Simple OAuth MCP Client',
      redirect_uris: ['http://localhost:8090/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'client_secret_post',
    },
    told: { ...native, token_endpoint_auth_method: 'client_secret_post' },
  },
  {
    // npm @modelcontextprotocol/sdk 1.32.2: OAuthClientMetadata with nothing but what its type requires; the SDK adds no default
    name: 'MCP TypeScript SDK, the least that its type wants',
    body: { redirect_uris: ['http://localhost:3000/callback'], application_type: 'native' },
    told: { ...native, token_endpoint_auth_method: 'client_secret_basic' },
  },
  {
    // npm @modelcontextprotocol/inspector 2.12.0, clients/cli: clientMetadata()
    name: 'MCP Inspector',
    body: {
      redirect_uris: ['http://localhost:6274/oauth/callback'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'MCP Inspector',
      client_uri: 'https://github.com/modelcontextprotocol/inspector',
      scope: '',
      application_type: 'native',
    },
    told: native,
  },
  {
    // npm @modelcontextprotocol/inspector 2.12.0, clients/web: two redirect URIs, without refresh tokens
    name: 'MCP Inspector in the browser',
    body: {
      redirect_uris: ['http://localhost:6274/oauth/callback', 'http://localhost:6274/oauth/callback/debug'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      client_name: 'MCP Inspector',
      client_uri: 'https://github.com/modelcontextprotocol/inspector',
      scope: '',
    },
    told: native,
  },
  {
    // npm mcp-remote 0.15.1, dist/chunk-KJCT2FXL.js: clientMetadata
    name: 'mcp-remote',
    body: {
      redirect_uris: ['http://localhost:3334/oauth/callback'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'MCP CLI Proxy',
      client_uri: 'https://github.com/modelcontextprotocol/mcp-cli',
      software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
      software_version: '0.15.1',
      scope: 'openid email profile',
    },
    told: native,
  },
  {
    // modelcontextprotocol/python-sdk, examples/clients/simple-auth-client and src/mcp/shared/auth.py: members without a value left out
    name: 'MCP Python SDK and FastMCP',
    body: {
      client_name: 'Simple Auth Client',
      redirect_uris: ['http://localhost:3030/callback'],
      ...codeAndRefresh,
    },
    told: { ...native, token_endpoint_auth_method: 'client_secret_basic' },
  },
  {
    // The same as of its version 2, whose application_type is native unless told, with a redirect URI on the web (as Open WebUI has)
    name: 'MCP Python SDK 2, in a program on the web',
    body: {
      client_name: 'Open WebUI',
      redirect_uris: ['https://ai.example.com/oauth/clients/mcp:notes/callback'],
      ...codeAndRefresh,
      application_type: 'native',
    },
    told: { token_endpoint_auth_method: 'client_secret_basic' },
  },
  {
    // The same, where the program writes the members without a value as null (pydantic's model_dump_json)
    name: 'MCP Python SDK with nulls',
    body: {
      redirect_uris: ['http://localhost:3030/callback'],
      token_endpoint_auth_method: 'client_secret_post',
      ...codeAndRefresh,
      scope: null,
      client_name: 'Python client',
      client_uri: null,
      logo_uri: null,
      contacts: null,
      tos_uri: null,
      policy_uri: null,
      jwks_uri: null,
      jwks: null,
      software_id: null,
      software_version: null,
    },
    told: native,
  },
  {
    // modelcontextprotocol/csharp-sdk, src/ModelContextProtocol.Core/Authentication/ClientOAuthProvider.cs, samples/ProtectedMcpClient
    name: 'MCP C# SDK',
    body: {
      redirect_uris: ['http://localhost:1179/callback'],
      token_endpoint_auth_method: 'client_secret_post',
      ...codeAndRefresh,
      client_name: 'ProtectedMcpClient',
      scope: 'mcp:tools',
      application_type: 'native',
    },
    told: { ...native, client_secret: expect.any(String), dropped_scopes: ['mcp:tools'] },
  },
  {
    // microsoft/vscode, src/vs/base/common/oauth.ts: fetchDynamicRegistration; of its grants those that the server's metadata has
    name: 'Visual Studio Code',
    body: {
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      redirect_uris: [
        'https://insiders.vscode.dev/redirect',
        'https://vscode.dev/redirect',
        'http://127.0.0.1/',
        'http://127.0.0.1:33418/',
      ],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
    at: 'http://127.0.0.1:50717/',
    told: native,
  },
  {
    // The same in the browser, where it waits at its own page
    name: 'Visual Studio Code on the web',
    body: {
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      ...codeAndRefresh,
      redirect_uris: ['https://insiders.vscode.dev/redirect', 'https://vscode.dev/redirect', 'http://127.0.0.1/'],
      token_endpoint_auth_method: 'none',
    },
    at: 'https://vscode.dev/redirect',
    told: native,
  },
  {
    // LM Studio and others: a loopback address without a path, and nothing said about authentication
    name: 'a desktop program on a bare port',
    body: { redirect_uris: ['http://127.0.0.1:33418'], client_name: 'test' },
    at: 'http://127.0.0.1:40123',
    told: { ...native, client_secret: expect.any(String) },
  },
  {
    // Cursor is closed; as servers' tests record it: no application_type, its own scheme beside a page and a loopback port
    name: 'Cursor',
    body: {
      client_name: 'Cursor',
      redirect_uris: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'https://www.cursor.com/agents/mcp/oauth/callback',
        'http://localhost:8787/callback',
      ],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
    },
    told: native,
  },
  {
    // Reported by servers: an older Cursor registered its scheme as a web application
    name: 'Cursor as a web application',
    body: {
      client_name: 'Cursor',
      redirect_uris: ['cursor://anysphere.cursor-retrieval/oauth/user-hound/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
      application_type: 'web',
    },
    told: { ...native, warnings: expect.arrayContaining([expect.objectContaining({ field: 'application_type' })]) },
  },
  {
    // Replays of real clients published with a server's tests (oauth_e2e.py): Claude Code
    name: 'Claude Code',
    body: {
      client_name: 'Claude Code (notes)',
      redirect_uris: ['http://localhost:53123/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
    },
    told: native,
  },
  {
    // github.com/anthropics/claude-ai-mcp/issues/1043: Claude's connectors ask for client_secret_post
    name: 'Claude connectors',
    body: {
      client_name: 'Claude',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'claudeai',
    },
    told: { application_type: 'web', dropped_scopes: ['claudeai'] },
  },
  {
    // oauth_e2e.py: ChatGPT
    name: 'ChatGPT',
    body: {
      client_name: 'ChatGPT',
      redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'client_secret_basic',
    },
    told: { application_type: 'web' },
  },
  {
    // github.com/gamedevpl/www.gamedev.pl/pull/641: what ChatGPT's metadata document supports, sent as a registration
    name: 'ChatGPT with the methods that it supports',
    body: {
      client_name: 'ChatGPT',
      redirect_uris: ['https://chatgpt.com/connector/oauth/abc'],
      ...codeAndRefresh,
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
    },
    told: { token_endpoint_auth_method: 'none' },
  },
  {
    // google-gemini/gemini-cli, packages/core/src/mcp/oauth-provider.ts: registerClient
    name: 'Gemini CLI',
    body: {
      client_name: 'Gemini CLI MCP Client',
      redirect_uris: ['http://localhost:7777/oauth/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
      scope: '',
    },
    told: native,
  },
  {
    // Programs made from it send, besides, a member of another document
    name: 'a program made from Gemini CLI',
    body: {
      client_name: 'MCP Client',
      redirect_uris: ['http://localhost:7777/oauth/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
      code_challenge_method: ['S256'],
      scope: '',
    },
    told: native,
  },
  {
    // open-webui/open-webui, backend/open_webui/utils/oauth.py: get_oauth_client_info_with_dynamic_client_registration
    name: 'Open WebUI',
    body: {
      client_name: 'Open WebUI',
      redirect_uris: ['https://ai.example.com/oauth/clients/mcp:notes/callback'],
      ...codeAndRefresh,
      scope: 'openid profile email',
    },
    told: { application_type: 'web', token_endpoint_auth_method: 'client_secret_basic' },
  },
  {
    // modelcontextprotocol/rust-sdk, crates/rmcp/src/transport/auth.rs: register_client; openai/codex, codex-rs/rmcp-client/src/perform_oauth_login.rs
    name: 'Codex CLI',
    body: {
      client_name: 'Codex',
      redirect_uris: ['http://127.0.0.1:1455/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
    at: 'http://127.0.0.1:8788/callback',
    told: native,
  },
  {
    // The same library in block/goose, crates/goose/src/oauth/mod.rs, with the scopes of the resource
    name: 'Goose',
    body: {
      client_name: 'goose',
      redirect_uris: ['http://127.0.0.1:41893/oauth_callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
      scope: 'openid mcp:connect',
      application_type: 'native',
    },
    told: { ...native, dropped_scopes: ['mcp:connect'] },
  },
  {
    // zed-industries/zed, crates/context_server/src/oauth.rs: dcr_registration_body
    name: 'Zed',
    body: {
      client_name: 'Zed',
      redirect_uris: ['http://127.0.0.1:34567/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
    },
    told: native,
  },
  {
    // cline/cline, src/services/mcp/McpOAuthManager.ts, in the editor: the callback is the extension's, behind a hash of the server
    name: 'Cline in Visual Studio Code',
    body: {
      redirect_uris: [`vscode://saoudrizwan.claude-dev/mcp-auth/callback/${'5f'.repeat(32)}`],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'Cline',
      client_uri: 'https://cline.bot',
      software_id: 'cline',
    },
    told: { ...native, software_id: 'cline' },
  },
  {
    // cline/cline, sdk/packages/core/src/extensions/mcp/oauth.ts, elsewhere: a port of this machine
    name: 'Cline on the command line',
    body: {
      client_name: 'Cline',
      redirect_uris: [`http://127.0.0.1:48801/mcp-auth/callback/${'5f'.repeat(32)}`],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'none',
    },
    told: native,
  },
  {
    // continuedev/continue, core/context/mcp/MCPOauth.ts: clientMetadata, where no state is known yet
    name: 'Continue',
    body: {
      redirect_uris: ['http://localhost:3000'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'Continue Dev, Inc',
      client_uri: 'https://continue.dev',
    },
    told: native,
  },
  {
    // danny-avila/LibreChat, packages/api/src/mcp/oauth/handler.ts: registerOAuthClient, with the scopes that the server's metadata has
    name: 'LibreChat',
    body: {
      client_name: 'LibreChat MCP Client',
      redirect_uris: ['https://chat.example.com/api/mcp/notes/oauth/callback'],
      ...codeAndRefresh,
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email offline_access read',
      logo_uri: 'https://chat.example.com/assets/logo.svg',
    },
    told: { application_type: 'web', token_endpoint_auth_method: 'client_secret_basic' },
  },
  {
    // n8n-io/n8n, packages/cli/src/oauth/oauth.service.ts: registerPayload, with PKCE as it chooses where S256 is supported
    name: 'n8n',
    body: {
      redirect_uris: ['https://n8n.example.com/rest/oauth2-credential/callback'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'n8n',
      client_uri: 'https://n8n.io/',
      scope: 'openid profile',
    },
    told: { token_endpoint_auth_method: 'none' },
  },
  {
    // The same of an instance at home, which calls itself by a port of this machine
    name: 'n8n on a machine of one’s own',
    body: {
      redirect_uris: ['http://localhost:5678/rest/oauth2-credential/callback'],
      token_endpoint_auth_method: 'client_secret_basic',
      ...codeAndRefresh,
      client_name: 'n8n',
      client_uri: 'https://n8n.io/',
    },
    told: { ...native, client_secret: expect.any(String) },
  },
  {
    // Kong/insomnia, packages/insomnia/src/main/mcp: clientMetadata; its redirect URI is a page of its maker
    name: 'Insomnia',
    body: {
      redirect_uris: ['https://app.insomnia.rest/oauth/redirect'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'Insomnia MCP Client',
      client_uri: 'https://github.com/Kong/insomnia',
    },
    told: { token_endpoint_auth_method: 'none' },
  },
  {
    // Postman registers nobody by itself: what people send for it, with the two callbacks of its documents
    name: 'Postman',
    body: {
      application_type: 'web',
      client_name: 'Postman Test Client',
      redirect_uris: ['https://oauth.pstmn.io/v1/callback', 'https://oauth.pstmn.io/v1/browser-callback'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: 'read:user',
    },
    told: { application_type: 'web', dropped_scopes: ['read:user'] },
  },
  {
    // Windsurf is closed; as people connect it by mcp-remote with --static-oauth-client-metadata, over the body above
    name: 'Windsurf by mcp-remote',
    body: {
      redirect_uris: ['http://localhost:3334/oauth/callback'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'Windsurf',
      client_uri: 'https://windsurf.ai',
      software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
      software_version: '0.15.1',
      scope: 'openid email profile',
    },
    told: native,
  },
  {
    // Its own scheme, as it signs people in with it
    name: 'Windsurf by its scheme',
    body: {
      redirect_uris: ['windsurf://codeium.windsurf/oauth/callback'],
      token_endpoint_auth_method: 'none',
      ...codeAndRefresh,
      client_name: 'Windsurf',
    },
    told: native,
  },
  {
    // openid/AppAuth-Android, the members that RegistrationRequest writes, with the scheme of its demo
    name: 'AppAuth for Android',
    body: {
      redirect_uris: ['net.openid.appauthdemo:/oauth2redirect'],
      application_type: 'native',
      response_types: ['code'],
      grant_types: ['authorization_code'],
      subject_type: 'public',
      token_endpoint_auth_method: 'client_secret_basic',
    },
    told: { ...native, client_secret: expect.any(String) },
  },
  {
    // openid/AppAuth-iOS, OIDRegistrationRequest with the least, and the scheme of its example
    name: 'AppAuth for iOS',
    body: { redirect_uris: ['net.openid.appauthdemo:/oauth2redirect/ios-provider'], application_type: 'native' },
    told: native,
  },
  {
    // ory/hydra, client/.snapshots, basic_admin_registration: a client as its API and its CLI write it, with every member
    name: 'Ory Hydra client JSON',
    body: {
      client_name: '',
      client_secret: 'averylongsecret',
      redirect_uris: ['http://localhost:3000/cb'],
      grant_types: null,
      response_types: null,
      scope: 'offline_access offline openid',
      audience: [],
      owner: '',
      policy_uri: '',
      allowed_cors_origins: [],
      tos_uri: '',
      client_uri: '',
      logo_uri: '',
      contacts: null,
      client_secret_expires_at: 0,
      subject_type: 'public',
      jwks: {},
      token_endpoint_auth_method: 'client_secret_basic',
      userinfo_signed_response_alg: 'none',
      metadata: { foo: 'bar' },
      skip_consent: false,
      skip_logout_consent: null,
      authorization_code_grant_access_token_lifespan: null,
      authorization_code_grant_id_token_lifespan: null,
      authorization_code_grant_refresh_token_lifespan: null,
      client_credentials_grant_access_token_lifespan: null,
      implicit_grant_access_token_lifespan: null,
      jwt_bearer_grant_access_token_lifespan: null,
      refresh_token_grant_refresh_token_lifespan: null,
      device_authorization_grant_access_token_lifespan: null,
    },
    told: { ...native, grant_types: ['authorization_code'], dropped_scopes: ['offline'] },
  },
  {
    // ory/hydra with the grants and answers that it has and this server has not
    name: 'Ory Hydra client JSON of a web application',
    body: {
      client_name: 'Notes',
      redirect_uris: ['https://notes.example/cb'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials', 'implicit'],
      response_types: ['code', 'id_token', 'code id_token'],
      scope: 'openid offline_access profile',
      audience: [],
      token_endpoint_auth_method: 'client_secret_basic',
      created_at: '2026-01-01T00:00:00Z',
    },
    told: { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
  },
  {
    // svrakitin/terraform-provider-hydra, examples/resources/hydra_oauth2_client/resource.tf, as the provider sends it
    name: 'Terraform provider for Hydra',
    body: {
      client_id: 'example',
      client_name: 'example',
      metadata: { first_party: 'true' },
      redirect_uris: ['http://localhost:8080/callback'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    told: native,
  },
  {
    // Spring Authorization Server, the body of its guide to dynamic client registration
    name: 'Spring Security',
    body: {
      client_name: 'client-1',
      redirect_uris: ['https://client.example.com/1', 'https://client.example.com/2'],
      grant_types: ['authorization_code', 'client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email',
    },
    told: { grant_types: ['authorization_code'] },
  },
  {
    // OpenID Connect Dynamic Client Registration 1.0 §3.1, without the keys, the sector and the encryption
    name: 'the example of OpenID Connect Registration',
    body: {
      application_type: 'web',
      redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
      client_name: 'My Example',
      'client_name#ja-Jpan-JP': 'クライアント名',
      logo_uri: 'https://client.example.org/logo.png',
      subject_type: 'public',
      token_endpoint_auth_method: 'client_secret_basic',
      contacts: ['ve7jtb@example.org', 'mary@example.org'],
      request_uris: ['https://client.example.org/rf.txt#qpXaRLh_n93TTR9F252ValdatUQvQiJi5BDub2BeznA'],
    },
    told: { 'client_name#ja-Jpan-JP': 'クライアント名' },
  },
  {
    // RFC 7591 §3.1
    name: 'the example of RFC 7591',
    body: {
      redirect_uris: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
      client_name: 'My Example Client',
      'client_name#ja-Jpan-JP': 'クライアント名',
      token_endpoint_auth_method: 'client_secret_basic',
      logo_uri: 'https://client.example.org/logo.png',
      example_extension_parameter: 'example_value',
    },
  },
  {
    // A bridge that lists every address its editors might use (public source, a workspace MCP server)
    name: 'a server that lists every callback of its editors',
    body: {
      client_name: 'Workspace MCP Server',
      redirect_uris: [
        'https://workspace.example/oauth2callback',
        'http://localhost:5173/auth/callback',
        'http://127.0.0.1:33418/callback',
        'http://localhost:33418/callback',
        'http://127.0.0.1:33418/',
        'http://localhost:33418/',
        'http://workspace.example/oauth2callback',
      ],
      ...codeAndRefresh,
    },
    told: { ...native, warnings: expect.arrayContaining([expect.objectContaining({ field: 'redirect_uris.6' })]) },
  },
];

async function register(body: object): Promise<Registered> {
  const answer = await ask('POST', '/oauth/register', { body });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as Registered;
}

/** A person signs in and allows it; the program exchanges the code as it registered. */
async function tokensOf(agent: Agent, made: Registered, redirect_uri: string) {
  const { verifier, challenge } = pkce();
  const asked = { redirect_uri, scope: 'openid profile', code_challenge: challenge, code_challenge_method: 'S256' };
  const page = locationOf(await agent.go(authorizationUrl({ clientId: made.client_id }, asked)));
  expect(page).toContain(`${origin}/consent/`);
  const arrived = await decide(agent, page, 'allow');
  expect(arrived.startsWith(redirect_uri.replace(/\/?$/, '')), arrived).toBe(true);
  const code = /[?&]code=([^&]+)/.exec(arrived)?.[1] ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier };
  const { client_id, client_secret: secret = '' } = made;
  switch (made.token_endpoint_auth_method) {
    case 'client_secret_basic':
      return post('/oauth/token', form, { authorization: basic({ clientId: client_id, secret }) });
    case 'client_secret_post':
      return post('/oauth/token', { ...form, client_id, client_secret: secret });
    default:
      return post('/oauth/token', { ...form, client_id });
  }
}

let agent: Agent;
beforeAll(async () => {
  agent = await aPersonsAgent();
});

describe.each(programs)('$name', ({ body, at, told = {} }) => {
  test('registers with what it sends, a person allows it, and its token works', async () => {
    const made = await register(body);
    expect(made).toMatchObject(told);
    const [first = ''] = made.redirect_uris as string[];
    const { status, body: tokens } = await tokensOf(agent, made, at ?? first);
    expect(status, JSON.stringify(tokens)).toBe(200);
    expect(await userinfo(tokens.access_token)).toMatchObject({ status: 200, body: { sub: expect.any(String) } });
  });
});

test('Continue, once it has a state, registers another address than it asks for: it is refused', async () => {
  // continuedev/continue, core/context/mcp/MCPOauth.ts: clientMetadata has the state, redirectUrl has not
  const made = await register({
    redirect_uris: ['http://localhost:3000/?state=2e6dc280-f3c3-4e01-99a7-8181dbd1d23d'],
    token_endpoint_auth_method: 'none',
    ...codeAndRefresh,
    client_name: 'Continue Dev, Inc',
  });
  const { challenge } = pkce();
  const asked = { redirect_uri: 'http://localhost:3000', code_challenge: challenge, code_challenge_method: 'S256' };
  const answer = await agent.go(authorizationUrl({ clientId: made.client_id }, asked));
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.get('x-page')).toMatch(/^\/refused\//);
});
