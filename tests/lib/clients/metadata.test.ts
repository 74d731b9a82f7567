import { describe, expect, test } from 'vitest';
import type { NewClient } from '#lib/clients/client';
import { completeMetadata } from '#lib/clients/rules/complete-metadata';
import { fieldNames } from '#lib/clients/rules/fields';
import { refusalsOf } from '#lib/clients/rules/issue';
import { judgeMetadata } from '#lib/clients/rules/metadata';
import { readMetadata } from '#lib/clients/rules/metadata-shape';
import type { Provenance } from '#lib/kernel/actor';

const redirectUris = ['https://app.example.com/cb'];
const catalogue = new Set(['openid', 'read', 'write']);

function judge(input: Record<string, unknown>, channel: Provenance = 'portal') {
  const complete = completeMetadata({ name: 'App', redirectUris, ...input } as NewClient, channel);
  return judgeMetadata(complete, { channel, catalogue });
}
const broken = (input: Record<string, unknown>, channel?: Provenance) =>
  judge(input, channel)
    .filter((issue) => issue.severity === 'error')
    .map(({ field, rule }) => `${rule} ${field}`);
const found = (input: Record<string, unknown>, channel?: Provenance) =>
  judge(input, channel)
    .filter((issue) => issue.severity === 'warning')
    .map(({ field, rule }) => `${rule} ${field}`);

test('name and a redirect URI are enough', () => expect(judge({})).toEqual([]));

test('every wrong field at once', () =>
  expect(
    broken({
      name: '',
      description: 'a\u0000',
      redirectUris: ['https://ok.example/cb', 'http://evil.example/cb#x'],
      scopes: ['read', 'nope'],
      clientUri: 'javascript:alert(1)',
      contacts: ['nobody'],
      idTokenSignedResponseAlg: 'none',
    }),
  ).toEqual([
    'M19 idTokenSignedResponseAlg',
    'M11 name',
    'text description',
    'M16 scopes.1',
    'R2 redirectUris.1',
    'R5 redirectUris.1',
    'M13 clientUri',
    'M15 contacts.0',
  ]));

describe('M3, M4, M5 grants and response types', () => {
  test.each([
    [
      'M3 code without its grant',
      { grantTypes: ['client_credentials'], redirectUris: [], responseTypes: ['code'] },
      'M3 responseTypes',
    ],
    ['M3 the grant without code', { responseTypes: [] }, 'M3 responseTypes'],
    ['M3 no grant', { grantTypes: [], redirectUris: [] }, 'M3 grantTypes'],
    ['M4 implicit', { grantTypes: ['implicit'] }, 'M4 grantTypes.0'],
    ['M4 password', { grantTypes: ['password'] }, 'M4 grantTypes.0'],
    ['M4 token', { responseTypes: ['token'] }, 'M4 responseTypes.0'],
    ['M4 a hybrid', { responseTypes: ['code id_token'] }, 'M4 responseTypes.0'],
    ['M5 refresh_token alone', { grantTypes: ['refresh_token'], redirectUris: [] }, 'M5 grantTypes'],
    [
      'M5 client_credentials of a public client',
      { grantTypes: ['client_credentials'], redirectUris: [], tokenEndpointAuthMethod: 'none' },
      'M5 grantTypes',
    ],
  ])('%s is refused', (_what, input, issue) => expect(broken(input)).toEqual([issue]));

  test('M5 refresh_token beside client_credentials is a finding', () =>
    expect(found({ grantTypes: ['client_credentials', 'refresh_token'], redirectUris: [] })).toEqual([
      'M5 grantTypes',
    ]));
});

describe('M6, M7, M8 how it authenticates', () => {
  test.each(['client_secret_jwt', 'tls_client_auth', 'self_signed_tls_client_auth', 'magic'])(
    'M6 %s is refused',
    (method) => expect(broken({ tokenEndpointAuthMethod: method })).toEqual(['M6 tokenEndpointAuthMethod']),
  );
  test('M6 the message names the reason', () => {
    expect(judge({ tokenEndpointAuthMethod: 'client_secret_jwt' })[0]?.message).toContain('hashed');
    expect(judge({ tokenEndpointAuthMethod: 'tls_client_auth' })[0]?.message).toContain('not enforced');
  });
  test('M6 a single-page application keeps no secret', () =>
    expect(broken({ applicationType: 'spa', tokenEndpointAuthMethod: 'client_secret_post' })).toEqual([
      'M6 tokenEndpointAuthMethod',
    ]));
  test('M7 PKCE of a public client cannot be switched off in what is stored', () => {
    const stored = { ...completeMetadata({ name: 'App', redirectUris, tokenEndpointAuthMethod: 'none' }, 'portal') };
    expect(judgeMetadata({ ...stored, requirePkce: false }, { channel: 'portal' })).toMatchObject([
      { field: 'requirePkce', rule: 'M7' },
    ]);
  });
  test('M8 private_key_jwt needs keys, jwks xor jwksUri', () => {
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }] };
    const jwksUri = 'https://app.example.com/jwks.json';
    const tokenEndpointAuthMethod = 'private_key_jwt';
    expect(broken({ tokenEndpointAuthMethod })).toEqual(['M8 jwks']);
    expect(broken({ tokenEndpointAuthMethod, jwks })).toEqual([]);
    expect(broken({ tokenEndpointAuthMethod, jwksUri })).toEqual([]);
    expect(broken({ tokenEndpointAuthMethod, jwks, jwksUri })).toEqual(['M8 jwksUri']);
    expect(broken({ jwksUri: 'http://app.example.com/jwks.json' })).toEqual(['M8 jwksUri']);
    const encryption = { keys: [{ kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) }] };
    expect(broken({ tokenEndpointAuthMethod, jwks: encryption })).toEqual(['M8 jwks']);
  });
  test('C3 published metadata shares no secret', () => {
    expect(broken({ tokenEndpointAuthMethod: 'client_secret_basic' }, 'metadata_document')).toEqual([
      'C3 tokenEndpointAuthMethod',
    ]);
    expect(broken({}, 'metadata_document')).toEqual([]);
  });
});

describe('R6, R8, R13, R17 redirect URIs of a client', () => {
  test('R13 a code flow needs one; in the portal it may come later', () => {
    expect(broken({ redirectUris: [] }, 'native')).toEqual(['R13 redirectUris']);
    expect(broken({ redirectUris: [] }, 'portal')).toEqual([]);
    expect(found({ redirectUris: [] }, 'portal')).toEqual(['R13 redirectUris']);
  });
  test('R13 a machine has none', () => expect(broken({ applicationType: 'machine' })).toEqual(['R13 redirectUris']));
  test('R13 redirect URIs of a web application without a redirecting grant are a finding', () =>
    expect(found({ grantTypes: ['client_credentials'] })).toEqual(['R13 redirectUris']));
  test('R6 a client that may leave out its secret counts as public', () => {
    const native = { applicationType: 'native', redirectUris: ['http://127.0.0.1/cb'] };
    expect(broken({ ...native, tokenEndpointAuthMethod: 'client_secret_post' })).toEqual(['R6 redirectUris.0']);
    expect(broken({ ...native, tokenEndpointAuthMethod: 'client_secret_post', secretOptional: true })).toEqual([]);
  });
  test('R8 the environment decides', () => {
    const local = { redirectUris: ['http://localhost:3000/cb'] };
    expect(broken({ ...local, environment: 'development' })).toEqual([]);
    expect(broken({ ...local, environment: 'staging' })).toEqual(['R8 redirectUris.0']);
  });
  test('R3 docspace takes 12, the others 20', () => {
    const uris = Array.from({ length: 13 }, (_, index) => `https://app.example.com/${index}`);
    expect(broken({ redirectUris: uris })).toEqual([]);
    expect(broken({ redirectUris: uris }, 'docspace')).toEqual(['R3 redirectUris']);
  });
  test('R15 a foreign logout host is a finding', () =>
    expect(found({ postLogoutRedirectUris: ['https://other.example/bye'] })).toEqual(['R15 postLogoutRedirectUris.0']));
});

describe('M11 to M22', () => {
  test('M11 names have 3 characters in docspace', () => {
    expect(broken({ name: 'ab' }, 'docspace')).toEqual(['M11 name']);
    expect(broken({ name: 'ab' })).toEqual([]);
  });
  test('M12 localized texts are judged one by one', () =>
    expect(broken({ localized: { it: { name: 'a\u202e', tosUri: 'javascript:x' }, 'no tag': {} } })).toEqual([
      'M12 localized.no tag',
      'M11 localized.it.name',
      'M13 localized.it.tosUri',
    ]));
  test('M12 too many languages are one issue', () => {
    const tags = Array.from({ length: 1000 }, (_, index) => [`x-${index}`, { name: '' }]);
    expect(broken({ localized: Object.fromEntries(tags) })).toEqual(['M12 localized']);
  });
  test('M12 only five members have languages', () =>
    expect(broken({ localized: { it: { contacts: 'x' } } })).toEqual(['M12 localized.it.contacts']));
  test('M13 another host is a finding, http a refusal', () => {
    expect(found({ tosUri: 'https://other.example/tos' })).toEqual(['M13 tosUri']);
    expect(broken({ logoUri: 'http://app.example.com/logo.png' })).toEqual(['M13 logoUri']);
  });
  test.each([
    '',
    'nobody',
    'a@b',
    'a@@b.example',
    'mailto:a@b.example',
    'a b@c.example',
    'a@b.example\n',
    'ä@b.example',
    `${'a'.repeat(65)}@b.example`,
  ])('M15 %j is not an e-mail address', (contact) =>
    expect(broken({ contacts: [contact] })).toEqual(['M15 contacts.0']),
  );
  test('M15 e-mail addresses are, each once, ten of them', () => {
    expect(broken({ contacts: ['a@b.example', "o'neil+x@sub.b.example"] })).toEqual([]);
    expect(broken({ contacts: ['a@b.example', 'a@b.example'] })).toEqual(['M15 contacts.1']);
    expect(broken({ contacts: Array.from({ length: 11 }, (_, i) => `a${i}@b.example`) })).toEqual(['M15 contacts']);
  });
  test('M16 unknown scopes are refused, by registration dropped and reported', () => {
    expect(broken({ scopes: ['read', 'nope'] })).toEqual(['M16 scopes.1']);
    expect(broken({ scopes: ['read', 'nope'] }, 'registration')).toEqual([]);
    expect(found({ scopes: ['read', 'nope'] }, 'registration')).toEqual(['M16 scopes.1']);
    expect(broken({ scopes: ['a"b'] }, 'registration')).toEqual(['M16 scopes.0']);
  });
  test('M16 a person may decline only what is asked for, and never openid', () => {
    const scopes = ['openid', 'read'];
    expect(broken({ scopes, optionalScopes: ['read'] })).toEqual([]);
    expect(broken({ scopes, optionalScopes: ['read', 'write', 'openid'] })).toEqual([
      'M16 optionalScopes.1',
      'M16 optionalScopes.2',
    ]);
  });
  test('M17 pairwise with several hosts needs a sector', () => {
    const pairwise = { subjectType: 'pairwise', redirectUris: ['https://a.example/cb', 'https://b.example/cb'] };
    expect(broken(pairwise)).toEqual(['M17 sectorIdentifierUri']);
    expect(broken({ ...pairwise, sectorIdentifierUri: 'https://a.example/sector.json' })).toEqual([]);
    expect(broken({ sectorIdentifierUri: 'http://a.example/sector.json' })).toEqual(['M17 sectorIdentifierUri']);
    expect(broken({ subjectType: 'pairwise' })).toEqual([]);
  });
  test.each(['initiateLoginUri', 'backchannelLogoutUri'])('M18 %s: https, loopback only in development', (field) => {
    expect(broken({ [field]: 'https://app.example.com/x' })).toEqual([]);
    expect(broken({ [field]: 'http://localhost/x' })).toEqual([`M18 ${field}`]);
    expect(broken({ [field]: 'http://localhost/x', environment: 'development' })).toEqual([]);
  });
  test.each(['none', 'HS256', 'HS512', 'XX'])('M19 ID tokens are not signed by %s', (alg) =>
    expect(broken({ idTokenSignedResponseAlg: alg })).toEqual(['M19 idTokenSignedResponseAlg']),
  );
  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '60', 2 ** 31])(
    'M20 %s is refused as default_max_age',
    (seconds) => expect(broken({ defaultMaxAgeSeconds: seconds })).toEqual(['M20 defaultMaxAgeSeconds']),
  );
  test('M20 zero is accepted', () => expect(broken({ defaultMaxAgeSeconds: 0 })).toEqual([]));
  test.each([0, -1, 1.5, 10 ** 9])('a lifetime of %s seconds is refused', (seconds) =>
    expect(broken({ accessTokenLifetimeSeconds: seconds })).toEqual(['lifetime accessTokenLifetimeSeconds']),
  );
});

describe('reading members of unknown type', () => {
  test('keeps the valid ones and names the others', () => {
    const { metadata, issues } = readMetadata(
      { name: 5, scopes: 'read', redirectUris, requirePkce: undefined, grantTypes: ['implicit'] },
      'refused',
    );
    expect(metadata).toEqual({ redirectUris });
    expect(issues.map(({ field, rule }) => `${rule} ${field}`)).toEqual(['M11 name', 'M16 scopes', 'M4 grantTypes.0']);
  });
  test.each(['colour', '__proto__', 'constructor', 'toString', 'clientId'])(
    'M1 %s is unknown: refused or ignored',
    (key) => {
      const input = JSON.parse(`{"${key}":{"x":1},"name":"App"}`);
      expect(readMetadata(input, 'refused').issues).toMatchObject([{ field: key, rule: 'M1' }]);
      expect(readMetadata(input, 'ignored')).toEqual({ metadata: { name: 'App' }, issues: [] });
    },
  );
  test.each([
    ['M9', 'tlsClientAuthSubjectDn', 'CN=x'],
    ['M9', 'tlsClientCertificateBoundAccessTokens', true],
    ['M21', 'requireSignedRequestObject', true],
    ['M21', 'authorizationDetailsTypes', ['payment']],
  ])('%s %s is not enforced, so it is refused everywhere', (rule, field, value) => {
    expect(readMetadata({ [field]: value }, 'ignored').issues).toMatchObject([{ field, rule, severity: 'error' }]);
  });
  test('M10 a binding that is switched off binds nothing', () =>
    expect(readMetadata({ tlsClientCertificateBoundAccessTokens: false }, 'ignored').issues).toEqual([]));
  test.each([
    ['applicationType', 'toaster', 'applicationType'],
    ['environment', 'prod', 'environment'],
    ['subjectType', 'secret', 'subjectType'],
    ['contacts', ['a', 1], 'contacts.1'],
    ['localized', [], 'localized'],
    ['localized', { it: 'x' }, 'localized.it'],
    ['jwks', { keys: {} }, 'jwks.keys'],
    ['jwks', {}, 'jwks'],
    ['jwks', [], 'jwks'],
    ['responseTypes', ['code', 'code'], 'responseTypes'],
    ['requirePkce', 'true', 'requirePkce'],
  ])('%s does not take %j', (field, value, place) =>
    expect(readMetadata({ [field]: value }, 'refused').issues).toMatchObject([{ field: place, severity: 'error' }]),
  );
  test('each wrong item of a list is named by its place', () =>
    expect(readMetadata({ redirectUris: [1, 'https://app.example/cb', null] }, 'refused').issues).toMatchObject([
      { field: 'redirectUris.0', rule: 'R1' },
      { field: 'redirectUris.2', rule: 'R1' },
    ]));
});

describe('an empty text', () => {
  const optional = ['clientUri', 'logoUri', 'tosUri', 'policyUri', 'jwksUri', 'softwareId', 'softwareVersion'] as const;
  const furtherUris = ['sectorIdentifierUri', 'initiateLoginUri', 'backchannelLogoutUri'] as const;
  test.each([...optional, ...furtherUris])('of %s means no value', (field) =>
    expect(readMetadata({ [field]: '' }, 'refused')).toEqual({ metadata: { [field]: null }, issues: [] }),
  );
  test('of a language means no value, and a language without texts is removed', () =>
    expect(
      readMetadata({ localized: { it: { name: '', tosUri: '' }, de: { name: 'A', logoUri: '' } } }, 'refused'),
    ).toEqual({ metadata: { localized: { de: { name: 'A' } } }, issues: [] }));
  test.each(fieldNames)('of %s is ignored in the channels of programs', (field) =>
    expect(readMetadata({ [field]: '' }, 'ignored')).toEqual({ metadata: {}, issues: [] }),
  );
  test.each(['name', 'tokenEndpointAuthMethod', 'redirectUris', 'jwks', 'defaultMaxAgeSeconds'])(
    'of %s, which is required, is checked by its rule in the channels of developers',
    (field) => {
      const { metadata, issues } = readMetadata({ [field]: '' }, 'refused');
      expect([metadata[field as 'name'] ?? null, issues.length]).toEqual(field === 'name' ? ['', 0] : [null, 1]);
    },
  );
});

describe('a member that could not be read', () => {
  test('is checked by no rule that reads it; the others are checked', () => {
    const metadata = { ...completeMetadata({ name: 'App' }, 'native'), tosUri: 'ftp://app.example' };
    const rules = (misread: string[]) =>
      refusalsOf(judgeMetadata(metadata, { channel: 'native', misread })).map(({ rule, field }) => `${rule} ${field}`);
    expect(rules([])).toEqual(['R13 redirectUris', 'M13 tosUri']);
    expect(rules(['contacts'])).toEqual(['R13 redirectUris', 'M13 tosUri']);
    expect(rules(['grantTypes'])).toEqual(['M13 tosUri']);
  });
});
