type Protected = { issuer: string; resource: string; scopes: readonly string[] };

/** RFC 9728 §2 */
export const writeResourceMetadata = ({ issuer, resource, scopes }: Protected) => ({
  resource,
  resource_name: 'Clientele',
  authorization_servers: [issuer],
  scopes_supported: scopes,
  bearer_methods_supported: ['header'],
  resource_documentation: `${issuer}/docs/api`,
});
