type Server = {
  /** The public origin. */
  issuer: string;
  scopes: readonly string[];
  /** Whether anyone may register clients. */
  registers: boolean;
  /** Whether a client id may be the URL of a metadata document. */
  metadataDocuments: boolean;
  /** Signing algorithms for client assertions and DPoP proofs. */
  proofAlgorithms: readonly string[];
  /** The languages of the consent page. */
  uiLocales: readonly string[];
};

const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

/** Writes the authorization server's metadata: only supported features (RFC 8414 §2, OpenID Connect Discovery §3; rule A13). */
export const writeMetadata = ({
  issuer,
  scopes,
  registers,
  metadataDocuments,
  uiLocales,
  proofAlgorithms,
}: Server) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  pushed_authorization_request_endpoint: `${issuer}/oauth/par`,
  token_endpoint: `${issuer}/oauth/token`,
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  device_authorization_endpoint: `${issuer}/oauth/device`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  end_session_endpoint: `${issuer}/oauth/end-session`,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  jwks_uri: `${issuer}/oauth/jwks`,
  ...(registers && { registration_endpoint: `${issuer}/oauth/register` }),
  ...(metadataDocuments && { client_id_metadata_document_supported: true }),
  scopes_supported: scopes,
  claims_supported: [
    'sub',
    'name',
    'updated_at',
    'email',
    'email_verified',
    'auth_time',
    'iss',
    'aud',
    'exp',
    'iat',
    'nonce',
  ],
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  grant_types_supported: [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
  code_challenge_methods_supported: ['S256'],
  subject_types_supported: ['public', 'pairwise'],
  id_token_signing_alg_values_supported: ['RS256', 'ES256'],
  userinfo_signing_alg_values_supported: ['RS256', 'ES256'],
  ui_locales_supported: uiLocales,
  prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  claims_parameter_supported: true,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  authorization_response_iss_parameter_supported: true,
  token_endpoint_auth_methods_supported: [...methods, 'none'],
  token_endpoint_auth_signing_alg_values_supported: proofAlgorithms,
  revocation_endpoint_auth_methods_supported: [...methods, 'none'],
  revocation_endpoint_auth_signing_alg_values_supported: proofAlgorithms,
  introspection_endpoint_auth_methods_supported: methods,
  introspection_endpoint_auth_signing_alg_values_supported: proofAlgorithms,
  dpop_signing_alg_values_supported: proofAlgorithms,
});

type Protected = {
  issuer: string;
  resource: string;
  scopes: readonly string[];
  /** Signing algorithms for DPoP proofs. */
  proofAlgorithms: readonly string[];
};

/** RFC 9728 §2 */
export const writeResourceMetadata = ({ issuer, resource, scopes, proofAlgorithms }: Protected) => ({
  resource,
  resource_name: 'Clientele',
  authorization_servers: [issuer],
  scopes_supported: scopes,
  bearer_methods_supported: ['header'],
  dpop_signing_alg_values_supported: proofAlgorithms,
  dpop_bound_access_tokens_required: false,
  resource_documentation: `${issuer}/docs/api`,
});
