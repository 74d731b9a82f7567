import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { ask } from '#support/api';
import { db } from '#support/database';
import { aRegistrar, asSent, pathOf, type Registered, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
beforeAll(async () => {
  mine = await aRegistrar();
});

const fieldsOf = ({ warnings = [] }: Registered) => warnings.map(({ field }) => field);
const device = 'urn:ietf:params:oauth:grant-type:device_code';

describe('a program on people’s devices', () => {
  test.each<[string, object, string?]>([
    ['that says nothing of its authentication', { redirect_uris: ['http://127.0.0.1:33418'] }, 'R10'],
    [
      'that asks for a secret in the body',
      { redirect_uris: ['http://127.0.0.1:33418'], token_endpoint_auth_method: 'client_secret_post' },
      'R10',
    ],
    ['on localhost', { redirect_uris: ['http://localhost:8080/callback'] }, 'R8'],
    ['on IPv6', { redirect_uris: ['http://[::1]/cb'] }],
    ['with a scheme of its own', { redirect_uris: ['com.example.app:/cb'] }],
    ['with a known scheme', { redirect_uris: ['cursor://anysphere.cursor-retrieval/oauth/callback'] }],
    ['that has a site as well', { redirect_uris: ['https://notes.example/cb', 'http://127.0.0.1/cb'] }],
    ['that says it is native', { redirect_uris: ['https://notes.example/cb'], application_type: 'native' }],
  ])('%s is native, gets its secret and has to use PKCE', async (_, body, found) => {
    const made = await mine.register(body);
    expect(made).toMatchObject({
      ...body,
      application_type: 'native',
      client_secret: expect.stringMatching(/^clt_cs_/),
      client_secret_expires_at: 0,
    });
    expect(made.warnings?.map(({ field, rule }) => `${field} ${rule}`)).toEqual(found && [`redirect_uris.0 ${found}`]);
    const [row] = await db.select().from(clients).where(eq(clients.clientId, made.client_id));
    expect(row).toMatchObject({ applicationType: 'native', requirePkce: true });
  });

  test('may show who it is by a key', async () => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const body = {
      redirect_uris: ['http://127.0.0.1/cb'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key] },
    };
    expect(await mine.register(body)).toMatchObject({ ...body, application_type: 'native' });
  });

  test.each<[string, string[]]>([
    ['loopback', ['http://127.0.0.1/cb']],
    ['a scheme', ['com.example.app:/cb', 'https://notes.example/cb']],
  ])('that says web and redirects to %s becomes native, and the answer says so', async (_, redirect_uris) => {
    const made = await mine.register({ redirect_uris, application_type: 'web' });
    expect(made).toMatchObject({
      application_type: 'native',
      redirect_uris,
      warnings: [{ field: 'application_type', rule: 'R7', message: expect.stringMatching(/"native"/) }],
    });
  });

  test('does not get client_credentials beside what it may use', async () => {
    const grant_types = ['authorization_code', 'client_credentials', 'refresh_token'];
    const made = await mine.register({ redirect_uris: ['http://127.0.0.1/cb'], grant_types });
    expect(made).toMatchObject({
      grant_types: ['authorization_code', 'refresh_token'],
      warnings: [{ field: 'grant_types', rule: 'M5' }],
    });
  });

  test('becomes one by an update as well', async () => {
    const made = await mine.register({ grant_types: ['authorization_code', 'client_credentials'] });
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), redirect_uris: ['http://127.0.0.1/cb'] },
    });
    expect(await answer.json()).toMatchObject({
      application_type: 'native',
      grant_types: ['authorization_code'],
      warnings: [{ field: 'application_type' }, { field: 'grant_types' }],
    });
    const [row] = await db.select().from(clients).where(eq(clients.clientId, made.client_id));
    expect(row).toMatchObject({ applicationType: 'native', requirePkce: true });
  });
});

describe('what is not offered', () => {
  const rows: [string, object, object, string[]][] = [
    [
      'grant types and response types beside others',
      {
        grant_types: ['implicit', 'authorization_code', 'password', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
        response_types: ['code', 'id_token', 'code id_token'],
      },
      { grant_types: ['authorization_code'], response_types: ['code'] },
      ['grant_types', 'response_types'],
    ],
    [
      'client_credentials of a public client, beside the code',
      { grant_types: ['client_credentials', 'authorization_code'], token_endpoint_auth_method: 'none' },
      { grant_types: ['authorization_code'] },
      ['grant_types'],
    ],
    [
      'a response type of a client that redirects nowhere',
      { grant_types: ['client_credentials'], response_types: ['code'], redirect_uris: undefined },
      { grant_types: ['client_credentials'], response_types: [] },
      ['response_types'],
    ],
    [
      'a type that OpenID Connect does not know',
      { application_type: 'browser' },
      { application_type: 'web' },
      ['application_type'],
    ],
    ['userinfo that is not signed', { userinfo_signed_response_alg: 'none' }, {}, ['userinfo_signed_response_alg']],
    [
      'R17: a refused redirect URI among others',
      { redirect_uris: ['http://notes.example/cb', 'https://notes.example/cb', 'https://notes.example/cb#'] },
      { redirect_uris: ['https://notes.example/cb'], application_type: 'web' },
      ['redirect_uris.0', 'redirect_uris.2'],
    ],
    [
      'a redirect URI that stands there twice',
      { redirect_uris: ['https://notes.example/cb', 'https://notes.example/cb'] },
      { redirect_uris: ['https://notes.example/cb'] },
      ['redirect_uris.1'],
    ],
    [
      'an address after signing out among others',
      { post_logout_redirect_uris: ['https://notes.example/out', 'ftp://notes.example/out'] },
      { post_logout_redirect_uris: ['https://notes.example/out'] },
      ['post_logout_redirect_uris.1'],
    ],
    [
      'a contact that is no e-mail address among others',
      { contacts: ['help@notes.example', 'https://notes.example/help'] },
      { contacts: ['help@notes.example'] },
      ['contacts.1'],
    ],
  ];
  test.each(rows)('is replaced, and the answer says so: %s', async (_, body, registered, fields) => {
    for (const path of ['/oauth/register', '/v2/oauth/register']) {
      const made = await mine.register(body, path);
      expect(made).toMatchObject(registered);
      expect(fieldsOf(made)).toEqual(fields);
      for (const warning of made.warnings ?? [])
        expect(warning).toEqual({
          field: expect.any(String),
          rule: expect.stringMatching(/^[A-Z]\d+$/),
          message: expect.stringMatching(/./),
        });
    }
  });

  test.each(rows)('is replaced by an update as well: %s', async (_, body, registered, fields) => {
    const made = await mine.register();
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: {
        ...asSent(made),
        application_type: undefined,
        grant_types: undefined,
        response_types: undefined,
        ...body,
      },
    });
    const replaced = (await answer.json()) as Registered;
    expect(replaced).toMatchObject(registered);
    expect(fieldsOf(replaced)).toEqual(fields);
  });

  test.each<[string, object, string]>([
    ['no grant that is offered', { grant_types: ['implicit'], response_types: ['token'] }, 'invalid_client_metadata'],
    ['no redirect URI that is accepted', { redirect_uris: ['http://a.example/', 'x'] }, 'invalid_redirect_uri'],
    [
      'a way to authenticate that would be a weaker one',
      { token_endpoint_auth_method: 'client_secret_jwt' },
      'invalid_client_metadata',
    ],
    ['ID tokens that are not signed', { id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
    ['signed requests', { require_signed_request_object: true }, 'invalid_client_metadata'],
  ])('is refused where nothing safe could take its place: %s', async (_, body, error) => {
    const answer = await ask('POST', '/oauth/register', {
      token: mine.token,
      body: { redirect_uris: ['https://notes.example/cb'], ...body },
    });
    expect([answer.status, (await refusalOf(answer)).error]).toEqual([400, error]);
  });
});

describe('an empty value', () => {
  const rows: [string, object, string[]][] = [
    ['a logo', { logo_uri: '' }, ['logo_uri']],
    [
      'pages, texts and addresses',
      { client_uri: '', tos_uri: '', policy_uri: '', initiate_login_uri: '', software_id: '', 'client_name#de': '' },
      ['client_uri', 'tos_uri', 'policy_uri', 'initiate_login_uri', 'software_id', 'client_name#de'],
    ],
    ['keys', { jwks: {}, jwks_uri: '' }, ['jwks', 'jwks_uri']],
    ['a set without keys', { jwks: { keys: [] } }, ['jwks']],
    [
      'lists',
      { contacts: [], post_logout_redirect_uris: [''], default_acr_values: [] },
      ['contacts', 'post_logout_redirect_uris', 'default_acr_values'],
    ],
    ['null', { tos_uri: null, contacts: null, jwks: null, default_max_age: null }, ['tos_uri', 'contacts', 'jwks']],
  ];
  test.each(rows)('counts as left out: %s', async (_, body, gone) => {
    const made = await mine.register(body);
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), ...body },
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    for (const one of [made, (await answer.json()) as Registered])
      for (const member of gone) expect(one).not.toHaveProperty(member);
  });

  test('gets the default: name, grants, response types, type, way to authenticate', async () => {
    const made = await mine.register({
      client_name: ' ',
      grant_types: [],
      response_types: [],
      application_type: '',
      token_endpoint_auth_method: '',
      subject_type: '',
      id_token_signed_response_alg: '',
    });
    expect(made).toMatchObject({
      client_name: 'notes.example',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      application_type: 'web',
      token_endpoint_auth_method: 'client_secret_basic',
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
    });
  });
});

describe('a scope', () => {
  const byDefault = 'openid profile email offline_access';
  test.each<[string, object]>([
    ['that is empty', { scope: '' }],
    ['of spaces', { scope: '  ' }],
    ['that is null', { scope: null }],
    ['that only keeps access while people are away', { scope: 'offline_access' }],
    [
      'that is left out by a device',
      { scope: undefined, grant_types: [device], redirect_uris: undefined, token_endpoint_auth_method: 'none' },
    ],
    ['that is empty, of a device', { scope: '', grant_types: [device], redirect_uris: undefined }],
  ])('%s is the default of clients that ask people', async (_, body) => {
    const made = await mine.register(body);
    expect(made.scope).toBe(byDefault);
    expect(made).not.toHaveProperty('dropped_scopes');
  });

  test('of which none is known is the default, and the answer names what was dropped', async () => {
    const made = await mine.register({ scope: 'mcp:tools claudeai' });
    expect(made).toMatchObject({ scope: byDefault, dropped_scopes: ['mcp:tools', 'claudeai'] });
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), scope: 'mcp:tools' },
    });
    expect(await answer.json()).toMatchObject({ scope: byDefault, dropped_scopes: ['mcp:tools'] });
  });

  test('of a machine has no default', async () => {
    const machine = { grant_types: ['client_credentials'], redirect_uris: undefined };
    expect(await mine.register({ ...machine, scope: 'no:such' })).toMatchObject({
      scope: '',
      dropped_scopes: ['no:such'],
    });
  });
});
