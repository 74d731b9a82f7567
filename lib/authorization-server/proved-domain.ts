import type { Db } from '#db/client';
import { findDomainOfHost } from '../domains/index.ts';

/** The domain of which it was proved that it is the organization's, if a redirect URI leads there by https (rule N5: that of this very request). */
export async function provedDomain(
  db: Db,
  { organizationId, redirectUri }: { organizationId: string; redirectUri: string | undefined },
): Promise<string | undefined> {
  if (!redirectUri?.startsWith('https://') || !URL.canParse(redirectUri)) return undefined;
  const domain = await findDomainOfHost(db, new URL(redirectUri).hostname);
  return domain?.organizationId === organizationId ? domain.domain : undefined;
}
