import { fetchJson } from '#lib/guarded-fetch/index';
import type { Context } from '#lib/kernel/context';
import { type Issue, isRegistryError } from '#lib/kernel/errors';
import { encodeLogo, type Logo } from '#lib/logos/index';
import { findProduct } from '#lib/products/index';
import type { ClientMetadata } from './client.ts';
import { refusal, refusalsOf } from './rules/issue.ts';
import { judgeSector, judgeSectorList } from './rules/metadata-redirects.ts';

/** Returns the logo as it will be stored, or the rule that it breaks, so that it can be reported together with other issues. */
export async function readLogo(
  bytes: Uint8Array | null | undefined,
): Promise<{ logo?: Logo; issues: readonly Issue[] }> {
  if (!bytes) return { issues: [] };
  try {
    return { logo: await encodeLogo(bytes), issues: [] };
  } catch (error) {
    if (isRegistryError(error) && error.code === 'invalid_metadata') return { issues: error.issues };
    throw error;
  }
}

type Sector = Pick<ClientMetadata, 'sectorIdentifierUri' | 'subjectType' | 'redirectUris' | 'environment'>;

/** Rule M17 on the sector document. It is fetched only if `sectorIdentifierUri` is new or a redirect URI was added. */
export async function judgeSectorDocument(before: Sector | undefined, after: ClientMetadata): Promise<Issue[]> {
  const { sectorIdentifierUri: uri, redirectUris } = after;
  if (uri === null || refusalsOf(judgeSector(after)).length > 0) return [];
  const known = before?.sectorIdentifierUri === uri ? before.redirectUris : [];
  if (before?.sectorIdentifierUri === uri && redirectUris.every((one) => known.includes(one))) return [];
  const fetched = await fetchJson(uri, { bytesMax: 64 * 1024, timeoutMs: 2500 });
  if (!fetched.ok) return [refusal('sectorIdentifierUri', 'M17', `The list cannot be read: ${fetched.reason}`)];
  return judgeSectorList(fetched.value, redirectUris);
}

/** Returns an issue if the product does not belong to the organization. */
export async function judgeProduct(ctx: Context, organizationId: string, productId?: number | null): Promise<Issue[]> {
  if (productId == null || (await findProduct(ctx, organizationId, productId))) return [];
  return [refusal('productId', 'product', 'This product does not belong to the organization.')];
}
