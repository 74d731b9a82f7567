import type { Issue } from '#lib/errors';
import { type ClientMetadata, hasSharedSecret } from './client.ts';
import { refusal } from './issue.ts';
import { hasSigningKey, judgeJwks } from './jwks.ts';
import { judgeWebUri } from './web-uri.ts';

/** Rule M8: keys come in the metadata or by address, never both; `private_key_jwt` needs them. */
export function judgeKeys(metadata: ClientMetadata): Issue[] {
  const { jwks, jwksUri, tokenEndpointAuthMethod, environment } = metadata;
  const issues = jwks === null ? [] : judgeJwks(jwks);
  if (jwksUri !== null) issues.push(...judgeWebUri(jwksUri, { field: 'jwksUri', rule: 'M8', environment }));
  if (jwks !== null && jwksUri !== null) {
    issues.push(refusal('jwksUri', 'M8', 'Give the keys or their address, not both.'));
  }
  if (tokenEndpointAuthMethod !== 'private_key_jwt' || jwksUri !== null) return issues;
  if (jwks === null)
    return [...issues, refusal('jwks', 'M8', 'private_key_jwt needs your public keys, or their address.')];
  return hasSigningKey(jwks)
    ? issues
    : [...issues, refusal('jwks', 'M8', 'private_key_jwt needs a key for signatures.')];
}

/** Rule C3: a client that publishes its own metadata shares no secret with us. */
export function judgeWithoutSharedSecret(metadata: ClientMetadata): Issue[] {
  if (!hasSharedSecret(metadata)) return [];
  return [
    refusal('tokenEndpointAuthMethod', 'C3', 'Choose "none" or "private_key_jwt": published metadata holds no secret.'),
  ];
}
