type Server = {
  /** The public origin. */
  issuer: string;
  scopes: readonly string[];
  /** Whether anyone at all may register clients by itself. */
  registers: boolean;
  /** With which clients may sign what shows who they are. */
  proofAlgorithms: readonly string[];
};

const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

/** What works here and nothing else (RFC 8414 §2, OpenID Connect Discovery §3; rule A13). */
export const writeMetadata = ({ issuer, scopes, registers, proofAlgorithms }: Server) => ({
  issuer,
  token_endpoint: `${issuer}/oauth/token`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  jwks_uri: `${issuer}/oauth/jwks`,
  ...(registers && { registration_endpoint: `${issuer}/oauth/register` }),
  scopes_supported: scopes,
  response_types_supported: [],
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: methods,
  token_endpoint_auth_signing_alg_values_supported: proofAlgorithms,
  revocation_endpoint_auth_methods_supported: [...methods, 'none'],
  revocation_endpoint_auth_signing_alg_values_supported: proofAlgorithms,
  introspection_endpoint_auth_methods_supported: methods,
  introspection_endpoint_auth_signing_alg_values_supported: proofAlgorithms,
});
