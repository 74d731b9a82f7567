import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, aRegistrar, asSent, pathOf, type Registered, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
let app: Registered;
beforeAll(async () => {
  mine = await aRegistrar();
  app = await mine.register();
});

const members = [
  ...['client_name', 'client_name#it', 'client_name#\u0000', 'tos_uri#__proto__', 'logo_uri', 'policy_uri', 'contacts'],
  ...[
    'redirect_uris',
    'post_logout_redirect_uris',
    'token_endpoint_auth_method',
    'grant_types',
    'response_types',
    'scope',
  ],
  ...['application_type', 'jwks', 'jwks_uri', 'software_id', 'software_version', 'software_statement', 'subject_type'],
  ...[
    'sector_identifier_uri',
    'id_token_signed_response_alg',
    'userinfo_signed_response_alg',
    'initiate_login_uri',
    'backchannel_logout_uri',
  ],
  ...[
    'default_max_age',
    'require_auth_time',
    'default_acr_values',
    'dpop_bound_access_tokens',
    'client_id',
    'client_secret',
  ],
  ...['tls_client_auth_san_ip', 'authorization_details_types', '__proto__', 'constructor', 'toString', 'environment'],
];
const known = fc.constantFrom<unknown>(
  ...['none', 'private_key_jwt', 'client_credentials', 'native', 'openid', 'code', 'pairwise', 'https://10.0.0.1/s'],
  ...[
    ['client_credentials'],
    ['refresh_token'],
    ['http://127.0.0.1/cb'],
    ['com.example.a:/cb'],
    [],
    {},
    { keys: [{}] },
    null,
  ],
);
const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.webUrl(), known);
const body = fc
  .array(fc.tuple(fc.constantFrom(...members), value), { minLength: 1, maxLength: 5 })
  .map((sent) => ({ ...aBody, ...Object.fromEntries(sent) }));

test('whatever a body holds, the answer is a registration or a refusal that says why', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(body, fc.jsonValue()), fc.boolean(), async (sent, replaces) => {
      const answer = replaces
        ? await ask('PUT', pathOf(app), {
            token: app.registration_access_token,
            body: JSON.stringify(typeof sent === 'object' ? { ...asSent(app), ...sent } : sent),
          })
        : await ask('POST', '/oauth/register', { token: mine.token, body: JSON.stringify(sent) });
      expect([200, 201, 400]).toContain(answer.status);
      if (answer.status === 400) return void (await refusalOf(answer));
      const registered = (await answer.json()) as Registered;
      expect('client_secret' in registered).toBe('client_secret_expires_at' in registered);
      // What was answered can be sent again as it is.
      const again = { token: registered.registration_access_token, body: registered };
      const kept = await ask('PUT', pathOf(registered), again);
      expect(kept.status, await kept.clone().text()).toBe(200);
      expect(asSent((await kept.json()) as Registered)).toEqual(asSent(registered));
    }),
    { numRuns: 300 },
  );
});
