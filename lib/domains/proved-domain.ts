import type { Db } from '#db/client';
import { findDomainOfHost } from './find.ts';
import { isPublicSuffix } from './registrable.ts';

type Owner = { organizationId: string; metadataUrl: string | null; selfRegistered: boolean };

/**
 * The domain proved to be that of a client's publisher under which a redirect URI leads by https (rule N5). A metadata document proves
 * its own host and port only. A self-registered app has no publisher. Undefined if nothing is proved.
 */
export async function provedDomain(
  db: Db,
  { organizationId, metadataUrl, selfRegistered }: Owner,
  redirectUri: string | undefined,
): Promise<string | undefined> {
  const url = redirectUri?.startsWith('https://') ? URL.parse(redirectUri) : null;
  if (!url) return undefined;
  if (metadataUrl !== null) return isOwnHost(metadataUrl, url.host) ? url.host : undefined;
  if (selfRegistered) return undefined;
  const domain = await findDomainOfHost(db, url.hostname);
  return domain?.organizationId === organizationId ? domain.domain : undefined;
}

const isOwnHost = (metadataUrl: string, host: string): boolean =>
  URL.parse(metadataUrl)?.host === host && !isPublicSuffix(host);
