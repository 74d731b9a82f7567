import { beforeAll, describe, expect, test } from 'vitest';
import { clientNames } from '#lib/dialects/native/fields';
import { aBody, aTenant, noId, type Problem, problemOf } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
beforeAll(async () => {
  mine = await aTenant();
});

/** What is wrong with a call: where, which rule, and what to do. */
const flawsOf = ({ errors = [] }: Problem) => errors.map((one) => [one.pointer ?? one.field, one.rule, one.message]);
const refused = async (method: string, path: string, body?: object, status = 422) =>
  flawsOf(await problemOf(await mine.call(method, path, { body }), status));
const created = (body: object) => refused('POST', '/clients', { ...aBody, ...body });

/** What zod says when nobody tells it otherwise. */
const libraryWords = /Invalid (?:input|option|string|key)|Too (?:big|small)|expected|received|Unrecognized/;
const someJunk = [1.5, true, '', 'x', null, [5], {}, { de: { client_name: 5 } }];

describe('a refusal of a client', () => {
  test.each<[string, object, string[][]]>([
    ['a list sent as text', { redirect_uris: 'https://app.example/cb' }, [['#/redirect_uris', 'R1', 'Send a list.']]],
    ['contacts sent as text', { contacts: 'dev@app.example' }, [['#/contacts', 'M15', 'Send a list.']]],
    ['scopes sent as a list', { scope: ['openid'] }, [['#/scope', 'M16', 'Send a text.']]],
    [
      'two wrong items of a list',
      { redirect_uris: [5, 'https://app.example/cb', null] },
      [
        ['#/redirect_uris/0', 'R1', 'Send a text.'],
        ['#/redirect_uris/2', 'R1', 'Send a text.'],
      ],
    ],
    [
      'a key set without keys',
      { jwks: {} },
      [['#/jwks', 'M8', 'It needs the member keys, a list of public keys, like {"keys": [{"kty": "EC", …}]}.']],
    ],
    ['a key set that is none', { jwks: 'x' }, [['#/jwks', 'M8', 'Send an object, like {"keys": [{"kty": "EC", …}]}.']]],
    ['a key that is no object', { jwks: { keys: [5] } }, [['#/jwks/keys/0', 'M8', 'A key is a JSON object.']]],
    [
      'too many authentication classes',
      { default_acr_values: Array.from({ length: 21 }, String) },
      [['#/default_acr_values', 'M20', 'Send at most 20.']],
    ],
    [
      'an age that is no number',
      { default_max_age: '60' },
      [['#/default_max_age', 'M20', expect.stringMatching(/^Send a whole number from 0/)]],
    ],
    [
      'a signature by nothing',
      { id_token_signed_response_alg: 'none' },
      [['#/id_token_signed_response_alg', 'M19', 'Choose one of RS256, ES256.']],
    ],
    [
      'implicit',
      { grant_types: ['implicit'] },
      [['#/grant_types/0', 'M4', expect.stringMatching(/^implicit is not offered/)]],
    ],
    [
      'another type',
      { application_type: 'toaster' },
      [['#/application_type', 'M2', expect.stringMatching(/^Choose one of web/)]],
    ],
    [
      'a lifetime of nothing',
      { access_token_lifetime_seconds: 0 },
      [['#/access_token_lifetime_seconds', 'lifetime', expect.stringMatching(/^Send a whole number from 1/)]],
    ],
    ['a flag as text', { require_pkce: 'true' }, [['#/require_pkce', 'M7', 'Send true or false.']]],
    [
      'a text of a language',
      { localized: { de: { client_name: 5 } } },
      [['#/localized/de/client_name', 'M12', 'Send a text.']],
    ],
    [
      'openness in words',
      { open_to_other_organizations: 'no' },
      [['#/open_to_other_organizations', 'organizations', 'Send true or false.']],
    ],
    [
      'a product of nobody here',
      { product_id: 2_147_483_647 },
      [['#/product_id', 'product', 'This product does not belong to the organization.']],
    ],
    ['a product that is none', { product_id: 'x' }, [['#/product_id', 'type', 'Send a whole number.']]],
  ])('names for %s the mistake, its place and its rule, once', async (_what, body, flaws) => {
    expect(await created(body)).toEqual(flaws);
  });

  test('names mistyped members together with broken rules', async () => {
    const body = {
      client_name: 5,
      contacts: ['nobody'],
      redirect_uris: ['http://app.example/cb'],
      jwks: {},
      colour: 1,
    };
    expect((await created(body)).map(([pointer, rule]) => `${pointer} ${rule}`).sort()).toEqual([
      '#/client_name M11',
      '#/colour unknown_member',
      '#/contacts/0 M15',
      '#/jwks M8',
      '#/redirect_uris/0 R5',
    ]);
  });

  test('and so does a refusal of a change, and of a copy', async () => {
    const { client_id } = await mine.make();
    const path = `/clients/${client_id}`;
    const body = {
      contacts: 'dev',
      tos_uri: 'http://app.example/tos',
      jwks: { foo: 1 },
      environment: 'staging',
      clientName: 'x',
    };
    expect(
      (await refused('PATCH', path, { ...body, jwks: undefined })).map(([at, rule]) => `${at} ${rule}`).sort(),
    ).toEqual(['#/clientName unknown_member', '#/contacts M15', '#/environment unknown_member', '#/tos_uri M13']);
    expect((await refused('PATCH', path, { jwks: { foo: 1 }, contacts: 'dev' })).map(([at]) => at)).toEqual([
      '#/contacts',
      '#/jwks',
    ]);
    expect(await refused('POST', `${path}/clone`, { client_name: '', environment: 'moon', scope: 'x' })).toEqual([
      ['#/environment', 'environment', expect.stringMatching(/^Choose one of/)],
      ['#/scope', 'unknown_member', 'Leave it out: it cannot be set here.'],
      ['#/client_name', 'M11', expect.any(String)],
    ]);
  });

  test.each([
    ['redirectUris', ['https://a.example/cb'], 'redirect_uris'],
    ['callbacks', ['https://a.example/cb'], 'redirect_uris'],
    ['CallbackURLs', ['https://a.example/cb'], 'redirect_uris'],
    ['callback_urls', ['https://a.example/cb'], 'redirect_uris'],
    ['publicClient', true, 'token_endpoint_auth_method'],
    ['displayName', 'x', 'client_name'],
    ['defaultMaxAgeSeconds', 60, 'default_max_age'],
  ])('names our member for %s', async (name, value, ours) => {
    expect(await created({ [name]: value })).toEqual([
      [`#/${name}`, 'unknown_member', `There is no such member: here it is ${ours}.`],
    ]);
  });

  test('finds grouped members of another API, and members that the registry sets', async () => {
    expect(await created({ web: { redirectUris: [] }, clientId: 'x', version: 3 })).toEqual([
      ['#/web/redirectUris', 'unknown_member', 'There is no such member: here it is redirect_uris.'],
      ['#/clientId', 'unknown_member', 'Leave it out: the registry chooses client_id.'],
      ['#/version', 'unknown_member', 'Leave it out: it cannot be set here.'],
    ]);
    expect(await created({ localized: { de: { name: 'x', colour: 'y' } } })).toEqual([
      ['#/localized/de/name', 'unknown_member', 'There is no such member: here it is client_name.'],
      ['#/localized/de/colour', 'unknown_member', 'Remove it: there is no such member.'],
    ]);
  });

  test('never has the library’s texts or an unspecific rule, whatever is sent', async () => {
    const { client_id } = await mine.make();
    for (const wire of Object.values(clientNames))
      for (const junk of someJunk)
        for (const [method, path] of [
          ['POST', '/clients'],
          ['PATCH', `/clients/${client_id}`],
        ] as const) {
          const answer = await mine.call(method, path, { body: { ...(method === 'POST' && aBody), [wire]: junk } });
          if (answer.status < 300) continue;
          const problem = await problemOf(answer, 422);
          for (const [pointer, rule, message] of flawsOf(problem)) {
            expect(message, `${wire} ${JSON.stringify(junk)}`).not.toMatch(libraryWords);
            expect(rule, `${wire} ${JSON.stringify(junk)}`).not.toMatch(/^(?:shape|type|choice|range|length|format)$/);
            expect(pointer).toMatch(/^#\//);
          }
        }
  });
});

describe('a refusal of anything else', () => {
  const organization = () => `/organizations/${mine.organizationId}`;
  test.each<[string, string, () => string, object, string[][]]>([
    [
      'a token',
      'POST',
      () => '/tokens',
      { name: 5 },
      [
        ['#/name', 'type', 'Send a text.'],
        ['#/scope', 'required', 'Send it: it is required.'],
      ],
    ],
    [
      'a token’s end',
      'POST',
      () => '/tokens',
      { name: 'x', scope: 'clients:read', expires_at: 'soon' },
      [['#/expires_at', 'format', expect.stringMatching(/^Send a date/)]],
    ],
    [
      'a role',
      'PATCH',
      () => `${organization()}/members/${noId}`,
      { role: 'king' },
      [['#/role', 'choice', 'Choose one of owner, admin, developer, viewer.']],
    ],
    [
      'an invitation',
      'POST',
      () => `${organization()}/invitations`,
      { email: [], role: 'viewer' },
      [['#/email', 'type', 'Send a text.']],
    ],
    [
      'a product',
      'POST',
      () => `${organization()}/products`,
      { name: {}, slug: 5, colour: 1 },
      [
        ['#/name', 'type', 'Send a text.'],
        ['#/slug', 'type', 'Send a text.'],
        ['#/colour', 'unknown_member', 'Remove it: there is no such member.'],
      ],
    ],
    ['an organization', 'PATCH', organization, {}, [['#/name', 'required', 'Send it: it is required.']]],
  ])('names what is wrong with %s, in our words', async (_what, method, path, body, flaws) => {
    const found = await refused(method, path(), body);
    expect(found.toSorted()).toEqual([...flaws].sort());
  });

  test.each([
    ['limit=1000', 'limit', 'range', 'Send a whole number of at most 100.'],
    ['limit=0', 'limit', 'range', 'Send a whole number of at least 1.'],
    ['limit=x', 'limit', 'type', 'Send a whole number.'],
    ['limit=1.5', 'limit', 'type', 'Send a whole number.'],
    ['verified=maybe', 'verified', 'type', 'Send true or false.'],
    ['sort=colour', 'sort', 'choice', 'Choose one of -created_at, client_name, -last_used_at.'],
    ['environment=moon', 'environment', 'choice', 'Choose one of development, staging, production.'],
    ['client_id=x', 'client_id', 'format', 'Send an id: 32 hexadecimal digits with hyphens.'],
    ['client_name_contains=ab', 'client_name_contains', 'format', 'Search for at least 3 characters.'],
    [`created_by=${'x'.repeat(101)}`, 'created_by', 'length', 'Send a text of at most 100 characters.'],
    [`client_id=${Array(51).fill(noId).join(',')}`, 'client_id', 'count', 'Send at most 50.'],
    ['limit=1&limit=2', 'limit', 'once', 'Send it once.'],
  ])('names the parameter of ?%s', async (query, field, rule, message) => {
    const { errors } = await problemOf(await mine.call('GET', `/clients?${query}`), 400);
    expect(errors).toEqual([{ in: 'query', field, rule, message }]);
  });
});

describe('an empty text', () => {
  const optional = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri', 'jwks_uri', 'software_id', 'software_version'];
  const further = ['sector_identifier_uri', 'initiate_login_uri', 'backchannel_logout_uri'];
  test.each([...optional, ...further])('of %s is no value, on creation and on change', async (member) => {
    const made = await mine.make({ [member]: '' });
    expect(made[member]).toBeNull();
    const changed = await mine.call('PATCH', `/clients/${made.client_id}`, { body: { [member]: '' } });
    expect([changed.status, ((await changed.json()) as Record<string, unknown>)[member]]).toEqual([200, null]);
  });

  test('takes a value away that is there, also of one language', async () => {
    const made = await mine.make({
      tos_uri: 'https://app.example/tos',
      localized: { de: { client_name: 'A', tos_uri: '' } },
    });
    expect(made.localized).toEqual({ de: { client_name: 'A' } });
    const body = { tos_uri: '', localized: { de: { client_name: '' } } };
    const changed = await mine.call('PATCH', `/clients/${made.client_id}`, { body });
    expect(await changed.json()).toMatchObject({ tos_uri: null, localized: {} });
  });
});
