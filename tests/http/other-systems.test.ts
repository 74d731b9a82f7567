import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aTenant, type Json, json, problemOf } from '#support/native';

process.env.CLIENTELE_REGISTRATION = 'open';

let mine: Awaited<ReturnType<typeof aTenant>>;
beforeAll(async () => {
  mine = await aTenant();
});

/** `here`: what some of its members are called in our own API; `nothing`: members that are about something else. */
type System = { name: string; body: Json; here: Record<string, string>; nothing: string[] };

/** Clients as other systems have them: their exports, the bodies of their APIs, the resources of their Terraform providers. */
const systems: System[] = [
  {
    // auth0/auth0-deploy-cli, examples/directory/clients/My SPA.json
    name: 'an export of Auth0',
    body: {
      allowed_clients: [],
      allowed_logout_urls: ['https://myapp.com/logout'],
      allowed_origins: ['https://myapp.com/'],
      app_type: 'spa',
      callback_url_template: false,
      callbacks: ['https://myapp.com/callback'],
      cross_origin_auth: false,
      custom_login_page_on: true,
      description: 'My SPA Application',
      global: false,
      grant_types: ['authorization_code', 'implicit', 'refresh_token'],
      is_first_party: true,
      is_token_endpoint_ip_header_trusted: false,
      jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36000, secret_encoded: false },
      logo_uri: 'https://myapp.com/logo.png',
      name: 'My SPA',
      oidc_conformant: true,
      sso: true,
      sso_disabled: false,
      tenant: 'example',
      token_endpoint_auth_method: 'none',
      web_origins: ['https://myapp.com'],
      token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
    },
    here: {
      name: 'client_name',
      app_type: 'application_type',
      callbacks: 'redirect_uris',
      allowed_logout_urls: 'post_logout_redirect_uris',
      web_origins: 'allowed_origins',
    },
    nothing: ['sso', 'jwt_configuration', 'tenant'],
  },
  {
    // auth0/terraform-provider-auth0, examples/resources/auth0_client/resource.tf
    name: 'the Terraform provider for Auth0',
    body: {
      name: 'Application - Acceptance Test',
      description: 'Test Applications Long Description',
      app_type: 'non_interactive',
      callbacks: ['https://example.com/callback'],
      allowed_origins: ['https://example.com'],
      allowed_logout_urls: ['https://example.com'],
      web_origins: ['https://example.com'],
      require_proof_of_possession: false,
      require_pushed_authorization_requests: false,
      grant_types: ['authorization_code', 'http://auth0.com/oauth/grant-type/password-realm', 'client_credentials'],
      refresh_token: { leeway: 0, token_lifetime: 2592000, rotation_type: 'rotating', expiration_type: 'expiring' },
      mobile: { ios: { team_id: '9JA89QQLNQ', app_bundle_identifier: 'com.my.bundle.id' } },
      client_metadata: { foo: 'zoo' },
      initiate_login_uri: 'https://example.com/login',
      oidc_logout: { backchannel_logout_urls: ['https://example.com/logout'] },
      jwt_configuration: { lifetime_in_seconds: 300, alg: 'RS256' },
    },
    here: {
      callbacks: 'redirect_uris',
      app_type: 'application_type',
      'refresh_token/token_lifetime': 'refresh_token_lifetime_seconds',
      'oidc_logout/backchannel_logout_urls': 'backchannel_logout_uri',
      require_proof_of_possession: 'dpop_bound_access_tokens',
    },
    nothing: ['mobile', 'client_metadata', 'jwt_configuration'],
  },
  {
    // keycloak/terraform-provider-keycloak, keycloak/openid_client.go, and exports of realms
    name: 'a client representation of Keycloak',
    body: {
      id: '85e22a65-3dbd-4c39-9e31-988d99323f04',
      clientId: 'test-client',
      name: 'test client',
      rootUrl: 'https://app.example',
      baseUrl: '/home',
      adminUrl: '',
      surrogateAuthRequired: false,
      enabled: true,
      alwaysDisplayInConsole: false,
      clientAuthenticatorType: 'client-secret',
      secret: 'staff-secret-change-me',
      redirectUris: ['http://localhost:8080/openid-callback'],
      webOrigins: ['+'],
      notBefore: 0,
      bearerOnly: false,
      consentRequired: false,
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      serviceAccountsEnabled: true,
      authorizationServicesEnabled: false,
      publicClient: false,
      frontchannelLogout: false,
      protocol: 'openid-connect',
      attributes: {
        'post.logout.redirect.uris': '+',
        'pkce.code.challenge.method': 'S256',
        'access.token.lifespan': '300',
        'backchannel.logout.url': 'https://app.example/logout',
        'backchannel.logout.session.required': 'true',
        'oauth2.device.authorization.grant.enabled': 'false',
        'dpop.bound.access.tokens': 'true',
        'require.pushed.authorization.requests': 'true',
        'id.token.signed.response.alg': 'ES256',
        'user.info.response.signature.alg': 'ES256',
        'jwks.url': 'https://app.example/jwks',
        'use.jwks.url': 'true',
        'client.session.max.lifespan': '300',
        logoUri: 'https://app.example/logo.png',
        policyUri: 'https://app.example/policy',
        tosUri: 'https://app.example/tos',
      },
      authenticationFlowBindingOverrides: {},
      fullScopeAllowed: true,
      nodeReRegistrationTimeout: -1,
      defaultClientScopes: ['profile', 'email'],
      optionalClientScopes: ['offline_access'],
    },
    here: {
      name: 'client_name',
      redirectUris: 'redirect_uris',
      webOrigins: 'allowed_origins',
      publicClient: 'token_endpoint_auth_method',
      standardFlowEnabled: 'grant_types',
      defaultClientScopes: 'scope',
      optionalClientScopes: 'optional_scopes',
      'attributes/post.logout.redirect.uris': 'post_logout_redirect_uris',
      'attributes/pkce.code.challenge.method': 'require_pkce',
      'attributes/access.token.lifespan': 'access_token_lifetime_seconds',
      'attributes/backchannel.logout.url': 'backchannel_logout_uri',
      'attributes/dpop.bound.access.tokens': 'dpop_bound_access_tokens',
      'attributes/user.info.response.signature.alg': 'userinfo_signed_response_alg',
    },
    nothing: ['protocol', 'fullScopeAllowed'],
  },
  {
    // keycloak/terraform-provider-keycloak, docs/resources/openid_client.md
    name: 'the Terraform provider for Keycloak',
    body: {
      realm_id: 'my-realm',
      client_id: 'test-client',
      name: 'test client',
      enabled: true,
      access_type: 'CONFIDENTIAL',
      standard_flow_enabled: true,
      valid_redirect_uris: ['http://localhost:8080/openid-callback'],
      login_theme: 'keycloak',
      valid_post_logout_redirect_uris: ['+'],
      web_origins: ['+'],
      root_url: 'https://app.example',
      pkce_code_challenge_method: 'S256',
      access_token_lifespan: '300',
      client_offline_session_max_lifespan: '300',
      use_refresh_tokens: true,
      extra_config: { key1: 'value1' },
      backchannel_logout_url: 'https://app.example/x',
      oauth2_device_authorization_grant_enabled: true,
      require_dpop_bound_tokens: true,
    },
    here: {
      valid_redirect_uris: 'redirect_uris',
      valid_post_logout_redirect_uris: 'post_logout_redirect_uris',
      access_type: 'token_endpoint_auth_method',
      standard_flow_enabled: 'grant_types',
      pkce_code_challenge_method: 'require_pkce',
      require_dpop_bound_tokens: 'dpop_bound_access_tokens',
    },
    nothing: ['realm_id', 'login_theme'],
  },
  {
    // dexidp/dex, examples/config-dev.yaml
    name: 'a static client of Dex',
    body: {
      id: 'example-app',
      redirectURIs: ['http://127.0.0.1:5555/callback', '/dex/device/callback'],
      postLogoutRedirectURIs: ['http://127.0.0.1:5555/'],
      backchannelLogoutURI: 'http://127.0.0.1:5555/backchannel-logout',
      name: 'Example App',
      secret: 'ZXhhbXBsZS1hcHAtc2VjcmV0',
      public: true,
      trustedPeers: ['other'],
      logoURL: 'https://app.example/logo.png',
    },
    here: {
      redirectURIs: 'redirect_uris',
      postLogoutRedirectURIs: 'post_logout_redirect_uris',
      backchannelLogoutURI: 'backchannel_logout_uri',
      name: 'client_name',
      logoURL: 'logo_uri',
      public: 'token_endpoint_auth_method',
    },
    nothing: ['trustedPeers'],
  },
  {
    // zitadel/zitadel, management/v1/projects/{id}/apps/oidc, as public scripts send it
    name: 'an OIDC app of Zitadel',
    body: {
      name: 'web',
      redirectUris: ['https://app.example/api/auth/callback/zitadel'],
      postLogoutRedirectUris: ['https://app.example'],
      responseTypes: ['OIDC_RESPONSE_TYPE_CODE'],
      grantTypes: ['OIDC_GRANT_TYPE_AUTHORIZATION_CODE', 'OIDC_GRANT_TYPE_REFRESH_TOKEN'],
      appType: 'OIDC_APP_TYPE_WEB',
      authMethodType: 'OIDC_AUTH_METHOD_TYPE_BASIC',
      version: 'OIDC_VERSION_1_0',
      devMode: true,
      accessTokenType: 'OIDC_TOKEN_TYPE_JWT',
      accessTokenRoleAssertion: true,
      idTokenRoleAssertion: true,
      idTokenUserinfoAssertion: true,
      clockSkew: '1s',
      additionalOrigins: ['https://app.example'],
      skipNativeAppSuccessPage: true,
      backChannelLogoutUri: 'https://app.example/logout',
    },
    here: {
      redirectUris: 'redirect_uris',
      postLogoutRedirectUris: 'post_logout_redirect_uris',
      responseTypes: 'response_types',
      grantTypes: 'grant_types',
      appType: 'application_type',
      authMethodType: 'token_endpoint_auth_method',
      devMode: 'environment',
      additionalOrigins: 'allowed_origins',
    },
    nothing: ['clockSkew'],
  },
  {
    // zitadel/zitadel, zitadel.application.v2.ApplicationService/CreateApplication, as public scripts send it
    name: 'an application of Zitadel’s second API',
    body: {
      projectId: '1',
      name: 'web',
      oidcConfiguration: {
        redirectUris: ['https://app.example/cb'],
        responseTypes: ['OIDC_RESPONSE_TYPE_CODE'],
        grantTypes: ['OIDC_GRANT_TYPE_AUTHORIZATION_CODE'],
        appType: 'OIDC_APP_TYPE_WEB',
        authMethodType: 'OIDC_AUTH_METHOD_TYPE_NONE',
        developmentMode: true,
        allowedOrigins: ['https://app.example'],
        postLogoutRedirectUris: ['https://app.example'],
        loginVersion: { loginV2: { baseUri: '' } },
      },
    },
    here: {
      'oidcConfiguration/redirectUris': 'redirect_uris',
      'oidcConfiguration/authMethodType': 'token_endpoint_auth_method',
      'oidcConfiguration/developmentMode': 'environment',
    },
    nothing: ['projectId'],
  },
  {
    // docs.github.com, registering a GitHub App from a manifest
    name: 'a manifest of GitHub',
    body: {
      name: 'Octoapp',
      url: 'https://www.example.com',
      hook_attributes: { url: 'https://example.com/github/events', active: true },
      redirect_url: 'https://example.com/redirect',
      callback_urls: ['https://example.com/callback'],
      setup_url: 'https://example.com/setup',
      description: 'x',
      public: true,
      request_oauth_on_install: false,
      setup_on_update: false,
      default_permissions: { issues: 'write', checks: 'write' },
      default_events: ['issues', 'check_run'],
    },
    here: { name: 'client_name', url: 'client_uri', callback_urls: 'redirect_uris', default_permissions: 'scope' },
    nothing: ['hook_attributes', 'setup_url', 'default_events'],
  },
  {
    // ory/hydra, client/.snapshots, and svrakitin/terraform-provider-hydra, internal/provider/resource_oauth2_client.go
    name: 'an export of Hydra',
    body: {
      client_id: 'x',
      client_name: 'Notes',
      redirect_uris: ['https://notes.example/cb'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid',
      audience: ['a'],
      owner: '',
      policy_uri: '',
      allowed_cors_origins: ['https://notes.example'],
      tos_uri: '',
      client_uri: '',
      logo_uri: '',
      contacts: null,
      client_secret_expires_at: 0,
      subject_type: 'public',
      jwks: {},
      token_endpoint_auth_method: 'client_secret_basic',
      userinfo_signed_response_alg: 'none',
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      metadata: {},
      skip_consent: false,
      skip_logout_consent: null,
      frontchannel_logout_uri: '',
      access_token_strategy: 'opaque',
      authorization_code_grant_access_token_lifespan: '1h',
      refresh_token_grant_refresh_token_lifespan: '720h',
      registration_client_uri: 'https://x/',
      registration_access_token: 'x',
    },
    here: {
      allowed_cors_origins: 'allowed_origins',
      authorization_code_grant_access_token_lifespan: 'access_token_lifetime_seconds',
      refresh_token_grant_refresh_token_lifespan: 'refresh_token_lifetime_seconds',
    },
    nothing: ['audience', 'owner', 'metadata'],
  },
];

describe.each(systems)('$name', ({ body, here, nothing }) => {
  test('is refused by our own API with what each member is called here, one issue a mistake', async () => {
    const { errors = [] } = await problemOf(await mine.call('POST', '/clients', { body }), 422);
    const messages = Object.fromEntries(
      errors.map(({ pointer, message }) => [decodeURIComponent(pointer ?? ''), message]),
    );
    for (const [member, ours] of Object.entries(here))
      expect(messages[`#/${member}`], member).toBe(`There is no such member: here it is ${ours}.`);
    for (const member of nothing)
      expect(messages[`#/${member}`], member).toMatch(/^(Remove it: there is no such member|Leave it out)/);
    const renamed = new Set(Object.values(here).map((name) => `#/${name}`));
    expect(Object.keys(messages).filter((pointer) => renamed.has(pointer))).toEqual([]);
  });

  test('is told the same by dynamic registration, for the members that it has', async () => {
    const answer = await ask('POST', '/oauth/register', { body });
    const { errors = [], warnings = [] } = await json<
      Record<'errors' | 'warnings', { field: string; message: string }[]>
    >(answer, Object.hasOwn(body, 'redirect_uris') ? 201 : 400);
    const messages = new Map([...errors, ...warnings].map(({ field, message }) => [field, message]));
    const unknown = ['allowed_origins', 'require_pkce', 'environment', 'optional_scopes'];
    for (const [member, ours] of Object.entries(here)) {
      if (unknown.includes(ours) || ours.endsWith('_seconds')) continue;
      expect(messages.get(member.replace('/', '.')), member).toBe(`There is no such member: here it is ${ours}.`);
    }
    for (const member of nothing) expect([...messages.keys()].filter((field) => field.startsWith(member))).toEqual([]);
  });
});
