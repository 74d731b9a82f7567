import { hasDotSegment, splitUri } from '../clients/rules.ts';

const lengthMax = 2048;

/**
 * Rule C1: whether a client id is the URL of a metadata document: https, a path, no fragment, no user, no dot segments; written as URLs
 * are, because it is compared as a text and never as a URL. A query is allowed (it SHOULD not be there), a port counts.
 */
export function isMetadataUrl(clientId: string): boolean {
  if (!clientId.startsWith('https://') || clientId.length > lengthMax || clientId.includes('#')) return false;
  if (!/^[\x21-\x7e]+$/.test(clientId) || clientId.includes('\\')) return false;
  const uri = splitUri(clientId);
  if (!uri?.host || uri.userinfo !== undefined || uri.path === '' || hasDotSegment(uri.path)) return false;
  return URL.canParse(clientId) && new URL(clientId).href === clientId;
}
