import type { Issue } from '../errors.ts';
import { fetchJson } from '../guarded-fetch/index.ts';
import type { ClientMetadata } from './client.ts';
import { refusal, refusalsOf } from './issue.ts';
import { judgeSector, judgeSectorList } from './metadata-redirects.ts';

type Sector = Pick<ClientMetadata, 'sectorIdentifierUri' | 'subjectType' | 'redirectUris' | 'environment'>;

/** Rule M17 on the document itself: fetched when the client names another, or a redirect URI that was not there before. */
export async function judgeSectorDocument(before: Sector | undefined, after: ClientMetadata): Promise<Issue[]> {
  const { sectorIdentifierUri: uri, redirectUris } = after;
  if (uri === null || refusalsOf(judgeSector(after)).length > 0) return [];
  const known = before?.sectorIdentifierUri === uri ? before.redirectUris : [];
  if (before?.sectorIdentifierUri === uri && redirectUris.every((one) => known.includes(one))) return [];
  const fetched = await fetchJson(uri, { bytesMax: 64 * 1024, timeoutMs: 2500 });
  if (!fetched.ok) return [refusal('sectorIdentifierUri', 'M17', `The list cannot be read: ${fetched.reason}`)];
  return judgeSectorList(fetched.value, redirectUris);
}
