import type { OwnedClient } from '#lib/clients/index';
import { callingOrigins } from '#lib/clients/rules';
import type { RefusalEndpoint, RefusalReason } from '#lib/refusals/rules';

type Words = {
  title: string;
  /** What to do. */
  remedy: string;
  /** The page of the app where it can be fixed. */
  at?: '/redirects' | '/permissions' | '/credentials' | '/settings' | '/danger';
  /** The registered values, to compare with the sent one. */
  registered?: (client: OwnedClient) => readonly string[];
};

export const endpointWords: Record<RefusalEndpoint, string> = {
  authorize: '/oauth/authorize',
  par: '/oauth/par',
  token: '/oauth/token',
  device: '/oauth/device',
  revoke: '/oauth/revoke',
  introspect: '/oauth/introspect',
  userinfo: '/oauth/userinfo',
  end_session: '/oauth/end-session',
};

export const placeWords = {
  '/redirects': 'Redirect URIs',
  '/permissions': 'Permissions',
  '/credentials': 'Secrets',
  '/settings': 'Settings',
  '/danger': 'Danger zone',
} as const;

/** The words of each reason, for the app's developer. */
export const reasonWords: Record<RefusalReason, Words> = {
  redirect_uri: { title: 'The redirect URI is not registered', remedy: 'Send a registered one, or register it.' },
  code_redirect_uri: {
    title: 'The redirect URI is not the one of the code',
    remedy: 'Send the same redirect_uri to the token endpoint as to the authorization endpoint.',
  },
  document: {
    title: 'The client metadata document could not be used',
    remedy: 'Correct the document at the address of the client ID.',
  },
  client_inactive: {
    title: 'The app is disabled or suspended',
    remedy: 'Enable it. If the operator suspended it, ask the operator.',
    at: '/danger',
    registered: ({ status }) => [status],
  },
  pkce_missing: {
    title: 'PKCE is missing',
    remedy:
      'Send code_challenge and code_challenge_method=S256 with each authorization request, and code_verifier with the code.',
    at: '/settings',
    registered: ({ requirePkce, tokenEndpointAuthMethod }) => [
      requirePkce || tokenEndpointAuthMethod === 'none' ? 'PKCE is required' : 'PKCE is optional',
    ],
  },
  pkce_method: {
    title: 'The PKCE method is not accepted',
    remedy: 'Send code_challenge_method=S256. The method plain, which is meant when none is sent, protects nothing.',
    registered: () => ['S256'],
  },
  pkce_mismatch: {
    title: 'The code verifier does not fit',
    remedy: 'Send the verifier whose SHA-256, base64url-encoded, is the code_challenge of the same authorization.',
  },
  scope: {
    title: 'A scope is not registered',
    remedy: 'Ask for registered scopes only, or add the scope to the permissions of the app.',
    at: '/permissions',
    registered: ({ scopes }) => scopes,
  },
  origin: {
    title: 'A page at this origin may not call',
    remedy: 'Add the origin, if its pages are yours.',
    at: '/redirects',
    registered: callingOrigins,
  },
  secret_wrong: {
    title: 'The client secret is wrong',
    remedy: 'Compare the secret that the app sends with the one you stored, or add a new one.',
    at: '/credentials',
  },
  secret_ended: {
    title: 'The client secret has expired or was revoked',
    remedy: 'Replace it in the app by a secret that is live.',
    at: '/credentials',
  },
  authentication_method: {
    title: 'The app authenticates in another way than it is registered for',
    remedy: 'Send one credential in one place: the registered one.',
    at: '/settings',
    registered: ({ tokenEndpointAuthMethod }) => [tokenEndpointAuthMethod],
  },
  assertion: {
    title: 'The client assertion is not valid',
    remedy:
      'Sign it with a registered key; iss and sub are the client ID, aud is the issuer alone as a text, exp is within five minutes, jti is new.',
    at: '/settings',
  },
  grant_type: {
    title: 'The grant type is not registered',
    remedy: 'Use a registered grant type, or change what the app may do.',
    at: '/settings',
    registered: ({ grantTypes }) => grantTypes,
  },
  response_type: {
    title: 'The response type is not accepted',
    remedy: 'Send response_type=code.',
    registered: ({ responseTypes }) => responseTypes,
  },
  response_mode: {
    title: 'The response mode is not accepted',
    remedy: 'Send query, fragment or form_post, or none.',
    registered: () => ['query', 'fragment', 'form_post'],
  },
  resource: {
    title: 'The resource cannot be asked for',
    remedy: 'Name a resource of this platform that offers the scopes, one for each token.',
  },
  audience: {
    title: 'The introspected token is for another resource',
    remedy:
      'Have the other app name this resource when it asks for its token; the operator sets who introspects for it.',
  },
  dpop: {
    title: 'The DPoP proof is missing or not valid',
    remedy: 'Send a new proof for each request: the right htm and htu, a fresh iat and jti, the key of the token.',
    at: '/settings',
  },
  par_required: {
    title: 'The request was not pushed',
    remedy: 'Push it to /oauth/par first and send its request_uri, or take the requirement out of the settings.',
    at: '/settings',
  },
  request_uri: {
    title: 'The pushed request is not valid any more',
    remedy: 'Push a request anew each time: its request_uri is used within a minute, once, by the same client.',
  },
  prompt: {
    title: 'The prompt is not accepted',
    remedy: 'Send none alone, or any of login, consent and select_account.',
    registered: () => ['none', 'login', 'consent', 'select_account'],
  },
  parameter: { title: 'A parameter is missing', remedy: 'Send the parameter that the message names.' },
  parameter_twice: { title: 'A parameter was sent twice', remedy: 'Send each parameter once (RFC 6749 §3.1).' },
  in_address: {
    title: 'Parameters stand in the address',
    remedy: 'Send them in the body: addresses are logged.',
  },
  content_type: {
    title: 'The content type is not accepted',
    remedy: 'Send the body as application/x-www-form-urlencoded, uncompressed, in UTF-8.',
  },
  too_large: {
    title: 'The request is too large',
    remedy: 'Send fewer or shorter values; the message names the limit.',
  },
  unreadable: { title: 'The body could not be read', remedy: 'See the message, and encode each value.' },
  method: { title: 'The method is not accepted here', remedy: 'Use POST at this endpoint.' },
  rate_limited: {
    title: 'Too many requests',
    remedy: 'Wait as long as Retry-After says, and repeat less often.',
  },
  token_over: {
    title: 'The code or refresh token is not good',
    remedy:
      'It was used before, has expired, is another client’s, or the person ended the access: begin a new authorization.',
  },
  refresh_reused: {
    title: 'A refresh token was used again',
    remedy:
      'All tokens of that authorization have ended, in case it was stolen. Store the new refresh token before using it, and let one process refresh at a time.',
  },
  refresh_repeated: {
    title: 'A refresh token that was just replaced was used again',
    remedy: 'It was answered. Let one tab or process refresh at a time: later, a second use ends the authorization.',
  },
  sign_out: {
    title: 'A sign-out request does not fit',
    remedy: 'Send an ID token of this app as id_token_hint, and a registered post-logout redirect URI.',
    at: '/redirects',
    registered: ({ postLogoutRedirectUris }) => postLogoutRedirectUris,
  },
  other: { title: 'The request was refused', remedy: 'See the message.' },
};
