type Protected = {
  issuer: string;
  resource: string;
  scopes: readonly string[];
  /** With which clients may sign that they hold a key. */
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
