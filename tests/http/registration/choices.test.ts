import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aKey } from '#support/client-keys';
import { aRegistrar, asSent, pathOf, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
let jwks: { keys: object[] };
beforeAll(async () => {
  mine = await aRegistrar();
  jwks = { keys: [(await aKey()).jwk] };
});

describe('lists of supported values (RP Metadata Choices)', () => {
  const rows: [string, () => object, object][] = [
    [
      'the strongest way to authenticate that its keys allow',
      () => ({ token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'], jwks }),
      { token_endpoint_auth_method: 'private_key_jwt' },
    ],
    [
      'a secret where it has no keys',
      () => ({ token_endpoint_auth_methods_supported: ['none', 'private_key_jwt', 'client_secret_post'] }),
      { token_endpoint_auth_method: 'client_secret_post', client_secret: expect.any(String) },
    ],
    [
      'a secret in the header before one in the body',
      () => ({ token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'] }),
      { token_endpoint_auth_method: 'client_secret_basic' },
    ],
    [
      'what is offered here beside what is not',
      () => ({ token_endpoint_auth_methods_supported: ['client_secret_jwt', 'tls_client_auth', 'none'] }),
      { token_endpoint_auth_method: 'none' },
    ],
    [
      'no key where it can only sign in ways that are not offered',
      () => ({
        token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
        token_endpoint_auth_signing_alg_values_supported: ['HS256'],
        jwks,
      }),
      { token_endpoint_auth_method: 'client_secret_basic' },
    ],
    [
      'the algorithms and the kind of subject',
      () => ({
        id_token_signing_alg_values_supported: ['HS256', 'RS256', 'ES256'],
        userinfo_signing_alg_values_supported: ['PS256', 'RS256'],
        subject_types_supported: ['pairwise'],
        id_token_encryption_alg_values_supported: ['RSA-OAEP'],
      }),
      { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'RS256', subject_type: 'pairwise' },
    ],
  ];
  test.each(rows)('the server chooses %s, and the answer has only the choice', async (_, body, chosen) => {
    const made = await mine.register(body());
    expect(made).toMatchObject(chosen);
    expect(Object.keys(made).filter((key) => key.endsWith('_supported'))).toEqual([]);
    const answer = await ask('PUT', pathOf(made), {
      token: made.registration_access_token,
      body: { ...asSent(made), ...Object.fromEntries(Object.keys(chosen).map((key) => [key, undefined])), ...body() },
    });
    const { client_secret: _secret, ...kept } = chosen as Record<string, unknown>;
    expect(await answer.json()).toMatchObject(kept);
  });

  test('the choice goes before the one value that is sent for servers that know no lists, and the answer says so', async () => {
    const made = await mine.register({
      token_endpoint_auth_method: 'none',
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      jwks,
    });
    expect(made).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      warnings: [{ field: 'token_endpoint_auth_method', rule: 'M6' }],
    });
  });

  test.each<[string, object, RegExp]>([
    [
      'a list without the one value',
      { token_endpoint_auth_method: 'none', token_endpoint_auth_methods_supported: ['client_secret_basic'] },
      /^token_endpoint_auth_methods_supported: Add "none"/,
    ],
    [
      'a list of nothing that is offered',
      { token_endpoint_auth_methods_supported: ['tls_client_auth'] },
      /^token_endpoint_auth_methods_supported: Support one of/,
    ],
    [
      'keys that are not there',
      { token_endpoint_auth_methods_supported: ['private_key_jwt'] },
      /^token_endpoint_auth_methods_supported: Support one of client_secret_basic/,
    ],
    [
      'a text',
      { token_endpoint_auth_methods_supported: 'none' },
      /^token_endpoint_auth_methods_supported: Send a list/,
    ],
    [
      'what is no text',
      { id_token_signing_alg_values_supported: [7] },
      /^id_token_signing_alg_values_supported: Send a list of texts/,
    ],
  ])('is refused: %s', async (_, body, says) => {
    const answer = await ask('POST', '/oauth/register', {
      token: mine.token,
      body: { redirect_uris: ['https://notes.example/cb'], ...body },
    });
    expect(answer.status).toBe(400);
    const { error, error_description } = await refusalOf(answer);
    expect(error).toBe('invalid_client_metadata');
    expect(error_description).toMatch(says);
  });
});
