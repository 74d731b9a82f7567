import { hasDotSegment, refusal, splitUri } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';

const lengthMax = 2048;

/** Rule C1: whether a client id is the URL of a metadata document. It is compared as a text, so it is written as URLs are. */
export const isMetadataUrl = (clientId: string): boolean =>
  /^https?:/i.test(clientId) && judgeMetadataUrl(clientId).length === 0;

/**
 * Rule C1, on a client id that looks like a URL: https, a path, no fragment, no user, no dot segments. A query is allowed (it SHOULD
 * NOT be there), and a port counts. Nothing is wrong about other ids.
 */
export function judgeMetadataUrl(clientId: string): Issue[] {
  if (!/^https?:/i.test(clientId)) return [];
  const fault = faultOf(clientId);
  return fault === undefined ? [] : [refusal('client_id', 'C1', fault)];
}

function faultOf(clientId: string): string | undefined {
  if (clientId.length > lengthMax) return `Shorten the URL to ${lengthMax} characters or fewer.`;
  if (!/^https:\/\//i.test(clientId)) return 'Publish the document under https: the client_id is its URL.';
  if (clientId.includes('#')) return 'Remove "#" and what follows from the URL.';
  if (!/^[\x21-\x7e]+$/.test(clientId) || clientId.includes('\\'))
    return 'Percent-encode what is no URL character; no space and no backslash.';
  const uri = splitUri(clientId);
  if (!uri?.host) return 'Write the URL with its host.';
  if (uri.userinfo !== undefined) return 'Remove the user name and password from the URL.';
  if (uri.path === '') return 'Add a path to the URL, such as /oauth-client.json.';
  if (hasDotSegment(uri.path)) return 'Remove the "." or ".." segment from the path.';
  if (!URL.canParse(clientId)) return 'Write a URL that can be read.';
  const { href } = new URL(clientId);
  return href === clientId ? undefined : `Write the URL as ${href}: it is compared letter by letter.`;
}
