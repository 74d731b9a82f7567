import { describe, expect, test } from 'vitest';
import { completeMetadata, patchMetadata } from '#lib/clients/rules/complete-metadata';
import { judgeMetadata } from '#lib/clients/rules/metadata';

const code = ['authorization_code', 'refresh_token'];

describe('defaults when silent', () => {
  test.each(['portal', 'native'] as const)('%s: a confidential web application with PKCE, 1 h / 30 d', (channel) =>
    expect(completeMetadata({ name: ' App ' }, channel)).toMatchObject({
      name: 'App',
      applicationType: 'web',
      environment: 'production',
      grantTypes: code,
      responseTypes: ['code'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      requirePkce: true,
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 2_592_000,
      openToOtherOrganizations: true,
    }),
  );

  test.each([
    ['spa', 'none', code, ['code'], true],
    ['native', 'none', code, ['code'], true],
    ['device', 'none', ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'], [], true],
    ['machine', 'client_secret_basic', ['client_credentials'], [], false],
  ] as const)('portal %s', (applicationType, tokenEndpointAuthMethod, grantTypes, responseTypes, requirePkce) =>
    expect(completeMetadata({ name: 'App', applicationType }, 'portal')).toMatchObject({
      tokenEndpointAuthMethod,
      grantTypes,
      responseTypes,
      requirePkce,
    }),
  );

  test('M2 registration: basic, authorization_code, code, web, public, RS256, and never silently none', () =>
    expect(completeMetadata({ name: 'App', applicationType: 'native' }, 'registration')).toMatchObject({
      applicationType: 'native',
      tokenEndpointAuthMethod: 'client_secret_basic',
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      subjectType: 'public',
      idTokenSignedResponseAlg: 'RS256',
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 2_592_000,
    }));

  test('docspace: its fixed set, client_secret_post, 1 h / 60 d', () =>
    expect(completeMetadata({ name: 'Bot', redirectUris: ['https://bot.example/cb'] }, 'docspace')).toMatchObject({
      applicationType: 'web',
      environment: 'production',
      grantTypes: code,
      tokenEndpointAuthMethod: 'client_secret_post',
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 5_184_000,
    }));

  test.each([
    { redirectUris: ['http://localhost:3000/cb'] },
    { redirectUris: ['https://bot.example/cb'], allowedOrigins: ['http://127.0.0.1:3000'] },
  ])('docspace: http on loopback makes it a development client: %j', (uris) => {
    const metadata = completeMetadata({ name: 'Bot', scopes: ['openid'], ...uris }, 'docspace');
    expect(metadata).toMatchObject({ environment: 'development', applicationType: 'web' });
    expect(judgeMetadata(metadata, { channel: 'docspace' })).toEqual([]);
  });

  test('docspace: other http does not', () => {
    const metadata = completeMetadata({ name: 'Bot', redirectUris: ['http://bot.example/cb'] }, 'docspace');
    expect(metadata.environment).toBe('production');
    expect(judgeMetadata(metadata, { channel: 'docspace' })).toMatchObject([{ field: 'redirectUris.0', rule: 'R5' }]);
  });

  test('docspace: claude:// beside https is accepted of a client with a secret', () => {
    const redirectUris = ['https://bot.example/cb', 'claude://claude.ai/cb'];
    const metadata = completeMetadata(
      { name: 'Bot', redirectUris, allowedOrigins: ['claude://claude.ai'] },
      'docspace',
    );
    expect(judgeMetadata(metadata, { channel: 'docspace' })).toEqual([]);
  });

  test('docspace: pages and logout URIs without a scheme get https', () =>
    expect(
      completeMetadata(
        { name: 'Bot', clientUri: 'bot.example', postLogoutRedirectUris: ['bot.example/bye'] },
        'docspace',
      ),
    ).toMatchObject({ clientUri: 'https://bot.example', postLogoutRedirectUris: ['https://bot.example/bye'] }));

  test('only docspace completes them', () =>
    expect(completeMetadata({ name: 'App', clientUri: 'bot.example' }, 'portal').clientUri).toBe('bot.example'));

  test('slashid: 86 400 s / 864 000 s, response types derived', () => {
    const machine = completeMetadata({ name: 'Job', grantTypes: ['client_credentials'] }, 'slashid');
    expect(machine).toMatchObject({ applicationType: 'machine', responseTypes: [] });
    expect(machine).toMatchObject({ accessTokenLifetimeSeconds: 86_400, refreshTokenLifetimeSeconds: 864_000 });
    const web = { name: 'Web', grantTypes: ['authorization_code' as const], redirectUris: ['https://a.example/cb'] };
    expect(completeMetadata(web, 'slashid')).toMatchObject({ applicationType: 'web', responseTypes: ['code'] });
  });

  test('telnyx: as sent, 1 h / 30 d', () =>
    expect(completeMetadata({ name: 'Job', grantTypes: ['client_credentials'] }, 'telnyx')).toMatchObject({
      grantTypes: ['client_credentials'],
      requirePkce: false,
      accessTokenLifetimeSeconds: 3600,
      refreshTokenLifetimeSeconds: 2_592_000,
    }));

  test('trackle: installed without redirect is a machine, with one native code flow; 7 d / 30 d', () => {
    expect(completeMetadata({ name: 'app' }, 'trackle')).toMatchObject({
      applicationType: 'machine',
      grantTypes: ['client_credentials'],
      scopes: [],
      accessTokenLifetimeSeconds: 604_800,
      refreshTokenLifetimeSeconds: 2_592_000,
    });
    const installed = completeMetadata(
      { name: 'app', applicationType: 'native', redirectUris: ['http://127.0.0.1/cb'] },
      'trackle',
    );
    expect(installed).toMatchObject({ grantTypes: code, secretOptional: true, requirePkce: true });
    expect(judgeMetadata(installed, { channel: 'trackle' })).toEqual([]);
    expect(
      completeMetadata({ name: 'app', applicationType: 'web', redirectUris: ['https://a.example/cb'] }, 'trackle'),
    ).toMatchObject({ grantTypes: code, secretOptional: false, tokenEndpointAuthMethod: 'client_secret_basic' });
  });

  test('apps: a confidential machine with read and write, 1 h', () => {
    const metadata = completeMetadata({ name: 'app' }, 'apps');
    expect(metadata).toMatchObject({
      applicationType: 'machine',
      grantTypes: ['client_credentials'],
      scopes: ['read', 'write'],
      accessTokenLifetimeSeconds: 3600,
    });
    expect(judgeMetadata(metadata, { channel: 'apps' })).toEqual([]);
  });
});

describe('an edit where the type follows from the use', () => {
  const web = completeMetadata(
    {
      name: 'App',
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code'],
      redirectUris: ['https://a.example/cb'],
    },
    'telnyx',
  );
  const here = { redirectUris: ['http://127.0.0.1/cb'] };

  test('changes with the use', () => {
    expect(web.applicationType).toBe('web');
    const native = patchMetadata(web, here, 'telnyx');
    expect(native.applicationType).toBe('native');
    expect(judgeMetadata(native, { channel: 'telnyx' })).toEqual([]);
    expect(patchMetadata(native, { redirectUris: web.redirectUris }, 'telnyx').applicationType).toBe('web');
  });

  test('keeps a chosen type', () =>
    expect(patchMetadata({ ...web, applicationType: 'spa' }, here, 'telnyx').applicationType).toBe('spa'));

  test('does not change in channels with a type', () =>
    expect(patchMetadata(web, here, 'portal').applicationType).toBe('web'));
});

describe('a channel only subtracts', () => {
  test.each(['docspace', 'telnyx', 'slashid', 'trackle', 'apps', 'registration', 'metadata_document'] as const)(
    '%s does not choose the environment',
    (channel) =>
      expect(completeMetadata({ name: 'App', environment: 'development' }, channel).environment).toBe('production'),
  );

  test('registration does not choose lifetimes or who may authorize it', () =>
    expect(
      completeMetadata(
        { name: 'App', accessTokenLifetimeSeconds: 9_999_999, openToOtherOrganizations: false },
        'registration',
      ),
    ).toMatchObject({ accessTokenLifetimeSeconds: 3600, openToOtherOrganizations: true }));
});

describe('what follows', () => {
  test('M7 a public client always uses PKCE and has no secret to leave out', () =>
    expect(
      completeMetadata(
        { name: 'App', tokenEndpointAuthMethod: 'none', requirePkce: false, secretOptional: true },
        'portal',
      ),
    ).toMatchObject({ requirePkce: true, secretOptional: false }));

  test('lists have no duplicates, undefined means omitted, texts are normalised', () =>
    expect(
      completeMetadata(
        {
          name: 'Cafe\u0301 ',
          description: 'a\r\nb',
          scopes: ['read', 'read'],
          grantTypes: ['authorization_code', 'authorization_code'],
          requirePkce: undefined,
          localized: { it: { name: ' Caffe\u0300 ' } },
        } as never,
        'portal',
      ),
    ).toMatchObject({
      name: 'Café',
      description: 'a\nb',
      scopes: ['read'],
      grantTypes: ['authorization_code'],
      requirePkce: true,
      localized: { it: { name: 'Caffè' } },
    }));
});

describe('an edit', () => {
  const before = completeMetadata({ name: 'App', redirectUris: ['https://a.example/cb'] }, 'registration');

  test('keeps what is absent, and the environment', () =>
    expect(patchMetadata(before, { name: 'New', environment: 'development' } as never, 'portal')).toEqual({
      ...before,
      name: 'New',
    }));
  test('by the portal sets what registration may not', () =>
    expect(patchMetadata(before, { accessTokenLifetimeSeconds: 60 }, 'portal').accessTokenLifetimeSeconds).toBe(60));
  test('a removed scope is removed from the optional scopes, in every channel', () => {
    const declinable = { scopes: ['openid', 'email', 'read'], optionalScopes: ['email', 'read'] };
    const asked = completeMetadata({ name: 'App', ...declinable }, 'native');
    for (const channel of ['portal', 'native', 'docspace', 'telnyx', 'registration'] as const)
      expect(patchMetadata(asked, { scopes: ['read', 'openid'] }, channel)).toMatchObject({
        scopes: ['read', 'openid'],
        optionalScopes: ['read'],
      });
    expect(patchMetadata(asked, { name: 'New' }, 'telnyx').optionalScopes).toEqual(['email', 'read']);
  });
  test('only the portal and our own API set optional scopes', () => {
    const asked = { name: 'App', scopes: ['email'], optionalScopes: ['email'] };
    for (const channel of ['docspace', 'telnyx', 'slashid', 'trackle', 'apps', 'registration'] as const) {
      expect(completeMetadata(asked, channel).optionalScopes).toEqual([]);
      expect(patchMetadata(before, asked, channel).optionalScopes).toEqual([]);
    }
  });
  test('M3 response types follow grant types unless sent', () => {
    expect(patchMetadata(before, { grantTypes: ['client_credentials'] }, 'slashid').responseTypes).toEqual([]);
    expect(
      patchMetadata(before, { grantTypes: ['client_credentials'], responseTypes: ['code'] }, 'portal').responseTypes,
    ).toEqual(['code']);
  });
  test('M7 none forces PKCE', () =>
    expect(patchMetadata(before, { tokenEndpointAuthMethod: 'none' }, 'portal').requirePkce).toBe(true));
  test('a machine that gets redirect URIs is not a machine any more, in channels without a type', () => {
    const machine = completeMetadata({ name: 'Job', grantTypes: ['client_credentials'] }, 'telnyx');
    const patch = { grantTypes: ['authorization_code' as const], redirectUris: ['https://a.example/cb'] };
    expect(patchMetadata(machine, patch, 'telnyx').applicationType).toBe('web');
    expect(patchMetadata(machine, patch, 'portal').applicationType).toBe('machine');
  });
});
