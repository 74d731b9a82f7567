import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aRegistrar, refusalOf } from '#support/registration';

let mine: Awaited<ReturnType<typeof aRegistrar>>;
beforeAll(async () => {
  mine = await aRegistrar();
});

const refused = async (body: object, path = '/oauth/register') => {
  const answer = await ask('POST', path, { token: mine.token, body });
  expect(answer.status).toBe(400);
  return refusalOf(answer);
};
const fieldsOf = ({ errors = [] }: { errors?: { field: string }[] | undefined }) => errors.map(({ field }) => field);

describe('a refusal', () => {
  test('names every wrong member as the wire spells it, its rule and what to do', async () => {
    const { errors, error_description } = await refused({
      redirect_uris: ['http://notes.example/cb'],
      tos_uri: 'ftp://x',
      'policy_uri#de': 'x',
      default_max_age: -1,
    });
    expect(fieldsOf({ errors })).toEqual(
      expect.arrayContaining(['default_max_age', 'redirect_uris.0', 'tos_uri', 'policy_uri#de']),
    );
    for (const { field, rule, message } of errors ?? []) {
      expect(rule).toMatch(/^[A-Z]\d+$/);
      expect(error_description).toContain(`${field}: ${message}`);
    }
  });

  test.each<[string, object, string[]]>([
    ['a list that was sent as a text', { redirect_uris: 'https://notes.example/cb' }, ['redirect_uris']],
    [
      'grants that were sent as a text',
      { redirect_uris: ['https://notes.example/cb'], grant_types: 'authorization_code' },
      ['grant_types'],
    ],
    [
      'a way to authenticate that is not offered',
      { redirect_uris: ['https://notes.example/cb'], token_endpoint_auth_method: 'client_secret_jwt' },
      ['token_endpoint_auth_method'],
    ],
    ['keys that are none', { redirect_uris: ['https://notes.example/cb'], jwks: { kid: 'x' } }, ['jwks']],
    [
      'a type that is a number',
      { redirect_uris: ['https://notes.example/cb'], application_type: 7 },
      ['application_type'],
    ],
    [
      'an encryption that is not offered',
      { redirect_uris: ['https://notes.example/cb'], id_token_encrypted_response_alg: 'RSA-OAEP' },
      ['id_token_encrypted_response_alg'],
    ],
  ])('says one mistake once: %s', async (_, body, fields) => {
    expect(fieldsOf(await refused(body))).toEqual(fields);
  });
});

describe('a body in the words of another API', () => {
  const keycloak = {
    clientId: 'notes',
    name: 'Notes',
    redirectUris: ['https://notes.example/cb'],
    webOrigins: ['+'],
    publicClient: true,
    standardFlowEnabled: true,
    attributes: { 'post.logout.redirect.uris': '+' },
  };

  test('is refused with what each member is called here', async () => {
    for (const path of ['/oauth/register', '/v2/oauth/register']) {
      const { error_description, errors, invalid_fields } = await refused(keycloak, path);
      expect(error_description).toMatch(/^redirect_uris: /);
      expect(error_description).toMatch(/redirectUris: [^:]*: here it is redirect_uris\./);
      expect(errors).toContainEqual({ field: 'redirectUris', rule: 'M1', message: expect.any(String) });
      if (path.startsWith('/v2')) expect(invalid_fields).toHaveProperty('redirectUris');
    }
  });

  test('registers when the needed members are there, and the answer says what was ignored', async () => {
    const made = await mine.register({
      callbacks: ['https://x.example/cb'],
      logoUrl: 'https://x.example/',
      owner: 'me',
    });
    expect(made.warnings).toEqual([
      { field: 'callbacks', rule: 'M1', message: expect.stringMatching(/redirect_uris/) },
      { field: 'logoUrl', rule: 'M1', message: expect.stringMatching(/logo_uri/) },
    ]);
    expect(made).not.toHaveProperty('logo_uri');
  });

  test('that means something to JavaScript registers as if it were not there', async () => {
    const body = `{"redirect_uris":["https://a.example/"],"__proto__":{"redirectUris":[]},"constructor":1,"toString":"x"}`;
    const answer = await ask('POST', '/oauth/register', { token: mine.token, body });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ redirect_uris: ['https://a.example/'], application_type: 'web' });
  });
});
