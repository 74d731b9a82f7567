type Server = {
  /** The public origin. */
  issuer: string;
  scopes: readonly string[];
  /** Whether anyone at all may register clients by itself. */
  registers: boolean;
};

/** What works here and nothing else (RFC 8414 §2, OpenID Connect Discovery §3; rule A13). */
export const writeMetadata = ({ issuer, scopes, registers }: Server) => ({
  issuer,
  jwks_uri: `${issuer}/oauth/jwks`,
  ...(registers && { registration_endpoint: `${issuer}/oauth/register` }),
  scopes_supported: scopes,
  response_types_supported: [],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256', 'ES256'],
});
