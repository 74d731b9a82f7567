import type { z } from 'zod';
import type { Client } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { standingOf } from '#lib/public-info/rules';
import { pointerOf, wirePath } from './fields.ts';
import { writeSettings } from './members.ts';
import { writeMoment, writeMomentOrNull } from './values.ts';
import type { clientWire, createdClientWire, listedClientWire } from './wire.ts';

type Wire = z.input<typeof clientWire>;
type Listed = z.input<typeof listedClientWire>;

/** Writes a client for its own organization, with the rule book's findings. `appUrl` is the origin of its logo URL. */
export function writeOne(client: Client, { appUrl, warnings }: { appUrl: string; warnings: readonly Issue[] }): Wire {
  return { ...writeListed(client, appUrl), warnings: warnings.map(writeWarning) };
}

function writeWarning({ field, rule, message }: Issue): Wire['warnings'][number] {
  const path = wirePath(field, 'client').split('.');
  return { field: path[0] ?? '', pointer: pointerOf(path), rule, message };
}

/** Writes a client of a list. */
export function writeListed(client: Client, appUrl: string): Listed {
  return {
    client_id: client.clientId,
    ...writeSettings(client),
    environment: client.environment,
    number: client.number,
    organization_id: client.organizationId,
    product_id: client.productId,
    provenance: client.provenance,
    status: client.status,
    review_state: client.reviewState,
    verified: client.verified,
    standing: standingOf(client),
    logo_url: writeLogo(client, appUrl),
    metadata_url: client.metadataUrl,
    version: client.version,
    created_by: client.createdBy,
    updated_by: client.updatedBy,
    created_at: writeMoment(client.createdAt),
    updated_at: writeMoment(client.updatedAt),
    last_used_at: writeMomentOrNull(client.lastUsedAt),
  };
}

export function writeLogo({ logoHash }: { logoHash: string | null }, appUrl: string): string | null {
  return logoHash === null ? null : `${appUrl}/logos/${logoHash}.png`;
}

/**
 * Writes the ETag: the version, then the parts that change without a new version (last use, fetched logo). If-Match compares only the
 * version, so `"3"` is a valid condition.
 */
export function writeEtag(client: Pick<Client, 'version' | 'lastUsedAt' | 'logoHash' | 'logoFetchedFrom'>): string {
  const { version, lastUsedAt, logoHash, logoFetchedFrom } = client;
  const used = lastUsedAt ? `.${lastUsedAt.getTime().toString(36)}` : '';
  const fetched = logoFetchedFrom !== null && logoHash !== null ? `.${logoHash.slice(0, 12)}` : '';
  return `"${version}${used}${fetched}"`;
}

/** Writes the response to a creation: the client with its first secret, if it authenticates with a secret. */
export function writeNew(
  client: Client,
  { secret, ...known }: Parameters<typeof writeOne>[1] & { secret: { id: string; value: string } | undefined },
): z.input<typeof createdClientWire> {
  return { ...writeOne(client, known), ...(secret && { client_secret: secret.value, secret_id: secret.id }) };
}

/** Writes a page with the cursors of the next and the previous page. */
export function writePage<T>(
  items: T[],
  { next, previous }: { next: string | undefined; previous: string | undefined },
) {
  return { items, next_cursor: next ?? null, previous_cursor: previous ?? null };
}
