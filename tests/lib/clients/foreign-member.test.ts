import { describe, expect, test } from 'vitest';
import { type FieldName, fieldNames } from '#lib/clients/rules/fields';
import { ownMemberOf, remediesOf } from '#lib/clients/rules/foreign-member';
import { clientNames } from '#lib/dialects/native/fields';

test.each([
  ['Auth0', 'callbacks', 'redirectUris'],
  ['Auth0', 'allowed_logout_urls', 'postLogoutRedirectUris'],
  ['Auth0', 'web_origins', 'allowedOrigins'],
  ['Okta', 'label', 'name'],
  ['Okta', 'settings.oauthClient.redirect_uris', 'redirectUris'],
  ['Keycloak', 'redirectUris', 'redirectUris'],
  ['Keycloak', 'clientId', 'clientId'],
  ['Keycloak', 'publicClient', 'tokenEndpointAuthMethod'],
  ['Keycloak', 'webOrigins', 'allowedOrigins'],
  ['Keycloak', 'attributes.post.logout.redirect.uris', 'postLogoutRedirectUris'],
  ['Keycloak', 'attributes.pkce.code.challenge.method', 'requirePkce'],
  ['Keycloak', 'attributes.user.info.response.signature.alg', 'userinfoSignedResponseAlg'],
  ['Keycloak', 'attributes.oauth2.device.authorization.grant.enabled', 'grantTypes'],
  ['Terraform for Keycloak', 'access_type', 'tokenEndpointAuthMethod'],
  ['Terraform for Keycloak', 'valid_redirect_uris', 'redirectUris'],
  ['Terraform for Keycloak', 'require_dpop_bound_tokens', 'dpopBoundAccessTokens'],
  ['Auth0', 'oidc_logout.backchannel_logout_urls', 'backchannelLogoutUri'],
  ['Auth0', 'refresh_token.token_lifetime', 'refreshTokenLifetimeSeconds'],
  ['Zitadel', 'oidcConfiguration.developmentMode', 'environment'],
  ['Dex', 'redirectURIs', 'redirectUris'],
  ['Hydra', 'allowed_cors_origins', 'allowedOrigins'],
  ['Hydra', 'client_name', 'name'],
  ['GitHub', 'callback_urls', 'redirectUris'],
  ['GitHub', 'url', 'clientUri'],
  ['Terraform', 'homepage_url', 'clientUri'],
  ['Terraform', 'privacy_statement_url', 'policyUri'],
  ['Entra', 'web.redirectUris', 'redirectUris'],
  ['Entra', 'displayName', 'name'],
  ['Cognito', 'CallbackURLs', 'redirectUris'],
  ['Cognito', 'AllowedOAuthScopes', 'scopes'],
  ['Duende', 'AllowedCorsOrigins', 'allowedOrigins'],
  ['Telnyx', 'allowed_grant_types', 'grantTypes'],
  ['DocSpace', 'logout_redirect_uri', 'postLogoutRedirectUris'],
  ['kebab case', 'redirect-uris', 'redirectUris'],
])('%s calls by %s our %s', (_whose, foreign, own) => expect(ownMemberOf(foreign)).toBe(own));

test('every field is known by its own name, as our API spells it, and in Pascal case', () => {
  for (const field of fieldNames)
    for (const name of [field, clientNames[field], field.charAt(0).toUpperCase() + field.slice(1)])
      expect(ownMemberOf(name), name).toBe(field);
});

test.each(['hook_attributes.url', 'webhook.url', 'jwt_configuration.lifetime_in_seconds', 'mobile.android.name'])(
  '%s is not about the client',
  (name) => expect(ownMemberOf(name)).toBeUndefined(),
);

test.each(['', 'colour', '__proto__', 'constructor', 'toString', '.', 'x'.repeat(101), 'redirect uris of mine'])(
  '%j is not a known name',
  (name) => expect(ownMemberOf(name)).toBeUndefined(),
);

describe('the message for a member that a channel does not have', () => {
  const nameOf = (own: FieldName) => (own === 'jwks' ? undefined : clientNames[own]);
  const said = (foreign: string, value: unknown = 'x') =>
    remediesOf(foreign, value, nameOf).map(({ path, message }) => `${path.join('/')}: ${message}`);

  test('names our member', () => {
    expect(said('redirectUris')).toEqual(['redirectUris: There is no such member: here it is redirect_uris.']);
    expect(said('callbacks', ['https://a.example/cb'])).toEqual([
      'callbacks: There is no such member: here it is redirect_uris.',
    ]);
  });

  test('looks into groups of other APIs', () =>
    expect(said('web', { redirectUris: ['https://a.example/cb'], homePageUrl: 'https://a.example' })).toEqual([
      'web/redirectUris: There is no such member: here it is redirect_uris.',
      'web/homePageUrl: There is no such member: here it is client_uri.',
    ]));

  test('names members that the registry sets', () => {
    expect(said('clientId')).toEqual(['clientId: Leave it out: the registry chooses client_id.']);
    expect(said('client_secret')).toEqual(['client_secret: Leave it out: the registry makes client_secret.']);
  });

  test.each([
    ['colour', { deep: true }],
    ['keyCredentials', []],
    ['__proto__', { x: 1 }],
  ])('says that %s does not exist', (foreign, value) =>
    expect(said(foreign, value)).toEqual([`${foreign}: Remove it: there is no such member.`]),
  );
});
