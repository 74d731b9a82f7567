import { beforeAll, expect, test } from 'vitest';
import { allFieldsOf } from '#support/all-fields';
import { ask } from '#support/api';
import { anAccount as anAppsAccount } from '#support/apps';
import { anOrganizationWithApps, aBody as docspaceBody } from '#support/docspace';
import { inheritedNames } from '#support/inherited-names';
import { origin } from '#support/listening';
import { aTenant, aBody as nativeBody } from '#support/native';
import { aMachine, basic } from '#support/oauth';
import { aRegistrar, aBody as registrationBody } from '#support/registration';
import { anOrg, call, machine as slashidBody } from '#support/slashid';
import { anAccount as aTelnyxAccount, aBody as telnyxBody } from '#support/telnyx';
import { anOrganizationWithProduct, installed, web } from '#support/trackle';

type Send = (method: string, path: string, body?: string) => Promise<Response>;
type Call = [method: string, path: string, body: object];

const jwk = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', alg: 'ES256', use: 'sig', kid: 'k', key_ops: ['verify'] };
const texts = { 'client_name#it': 'x', localized: { de: { client_name: 'x' } } };
let json: [Send, Call[], reads: string[]][];
let form: [path: string, members: string[]][];
let authorization: string;

beforeAll(async () => {
  const by =
    (token?: string): Send =>
    (method, path, body) =>
      ask(method, path, { ...(token && { token }), ...(body !== undefined && { body }) });
  const [native, docspace, telnyx] = [await aTenant(), await anOrganizationWithApps(), await aTelnyxAccount()];
  const [trackle, apps, slashid] = [await anOrganizationWithProduct(), await anAppsAccount(), await anOrg()];
  const registrar = await aRegistrar();
  const full = {
    ...nativeBody,
    ...texts,
    application_type: 'web',
    grant_types: ['authorization_code'],
    contacts: ['a@b.example'],
  };
  const keys = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] }, subject_type: 'public' };
  const made = await native.make();
  json = [
    [
      by(native.token),
      [
        ['POST', '/api/v1/clients', { ...full, ...keys }],
        ['PATCH', `/api/v1/clients/${made.client_id}`, { ...full, ...keys, scope: null }],
        ['POST', `/api/v1/clients/${made.client_id}/clone`, { client_name: 'x', environment: 'staging' }],
        ['POST', '/api/v1/tokens', { name: 'x', scope: 'clients:read' }],
        ['POST', '/api/v1/organization/invitations', { email: 'a@b.example', role: 'viewer' }],
      ],
      ['/api/v1/clients', '/api/v1/scopes', '/api/v1/grants', `/api/v1/clients/${made.client_id}/events`],
    ],
    [
      by(docspace.token),
      [['POST', '/api/2.0/clients', { ...docspaceBody, logo: 'x' }]],
      ['/api/2.0/clients', '/api/2.0/scopes'],
    ],
    [by(telnyx.token), [['POST', '/v2/oauth_clients', telnyxBody]], ['/v2/oauth_clients', '/v2/oauth_grants']],
    [
      by(trackle.token),
      [
        ['POST', '/v1/clients', { ...web, ...installed }],
        ['POST', `/v1/products/${trackle.product.id}/clients`, web],
      ],
      ['/v1/clients'],
    ],
    [
      by(apps.token),
      [['POST', '/o/apps/', { name: 'x', client_type: 'public', authorization_grant_type: 'x' }]],
      ['/o/apps/'],
    ],
    [
      (method, path, body) => call(method, path, { ...slashid, ...(body !== undefined && { body }) }),
      [['POST', '/oauth2/clients', slashidBody]],
      ['/oauth2/clients'],
    ],
    [
      by(registrar.token),
      [['POST', '/oauth/register', { ...registrationBody, ...texts, ...keys, grant_types: ['authorization_code'] }]],
      [],
    ],
  ];
  const oauthMachine = await aMachine();
  authorization = basic(oauthMachine);
  const common = ['client_id', 'client_secret', 'client_assertion_type', 'client_assertion', 'scope', 'resource'];
  const authorizing = [...common, 'response_type', 'response_mode', 'redirect_uri', 'prompt', 'display', 'claims'];
  const more = [
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'state',
    'ui_locales',
    'max_age',
    'acr_values',
    'request_uri',
  ];
  form = [
    [
      '/oauth/token',
      [...common, 'grant_type', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'device_code'],
    ],
    ['/oauth/par', [...authorizing, ...more]],
    ['/oauth/authorize', [...authorizing, ...more]],
    ['/oauth/device', [...common, 'ui_locales']],
    ['/oauth/introspect', [...common, 'token', 'token_type_hint']],
    ['/oauth/revoke', [...common, 'token', 'token_type_hint']],
    ['/oauth/end-session', ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales']],
  ];
});

test.each(inheritedNames)('%s is an ordinary value in any member of any body', async (name) => {
  for (const [send, calls] of json)
    for (const [method, path, body] of calls)
      for (const changed of allFieldsOf(body, name)) {
        const answer = await send(method, path, changed);
        expect(answer.status, `${method} ${path} ${changed}: ${await answer.text()}`).toBeLessThan(500);
      }
});

test.each(inheritedNames)('%s is an ordinary value in any parameter of a list or path', async (name) => {
  const parameters = [
    'limit',
    'sort',
    'after',
    'cursor',
    'page[size]',
    'filter[name]',
    'filter[client_type]',
    'status',
    'environment',
  ];
  for (const [send, , reads] of json)
    for (const path of reads) {
      const queries = [
        ...parameters.map((parameter) => `${parameter}=${name}`),
        `${name}=1`,
        `${name}[${name}]=${name}`,
      ];
      for (const query of queries) {
        const answer = await send('GET', `${path}?${query}`);
        expect(answer.status, `${path}?${query}`).toBeLessThan(500);
      }
      const below = await send('GET', `${path.replace(/\/$/, '')}/${name}/`);
      expect(below.status, `${path}/${name}`).toBeLessThan(500);
    }
});

test.each(inheritedNames)('%s is an ordinary value in any parameter of the authorization server', async (name) => {
  for (const [path, members] of form)
    for (const member of [...members, name])
      for (const headers of [undefined, { authorization }]) {
        const body = new URLSearchParams({ grant_type: 'client_credentials', token: 'x', [member]: name });
        const options: RequestInit = { redirect: 'manual', ...(headers && { headers }) };
        const answers = [
          await fetch(origin + path, { ...options, method: 'POST', body }),
          await fetch(`${origin}${path}?${new URLSearchParams([[member, name]])}`, options),
        ];
        for (const answer of answers) expect(answer.status, `${path} ${member}=${name}`).toBeLessThan(500);
      }
});
