import { insertClient, selectClientOfSubmission } from '#db/queries/clients';
import { holdOrganization, selectOrganization } from '#db/queries/organizations';
import { mayCreateIn, requireTokenScope, roleIn } from '../access.ts';
import { recordAudit } from '../audit/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { issueSecret } from '../credentials/index.ts';
import { env } from '../env.ts';
import { type Issue, notFound, RegistryError } from '../errors.ts';
import { wakeLogoFetches, wantLogo } from '../logo-fetches/index.ts';
import { storeLogo } from '../logos/index.ts';
import { nameSkeleton } from '../names/index.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { channelOf } from './channel.ts';
import { checkMetadata } from './check-metadata.ts';
import { hasSharedSecret, type NewClient } from './client.ts';
import { columnsOf } from './columns.ts';
import { completeMetadata } from './complete-metadata.ts';
import { getOwnedClient } from './find.ts';
import type { OwnedClient } from './owned-client.ts';
import { judgeProduct } from './product.ts';
import { readLogo } from './read-logo.ts';
import { noteLookAlike } from './reserved-name.ts';
import { judgeSectorDocument } from './sector-document.ts';

export type CreateClient = {
  organizationId: string;
  productId?: number | null;
  metadata: NewClient;
  /** An image file of any accepted kind; what is kept is our own PNG of it. */
  logo?: Uint8Array;
  /** Made with the form: the same form sent twice makes one client. */
  submissionId?: string;
  /** Where the client describes itself; the channel of metadata documents has one. */
  metadataUrl?: string;
  /** What the caller found wrong: thrown among the rest. */
  found?: readonly Issue[];
  /** Written in the same transaction as the client. */
  alongside?: (tx: Context, client: OwnedClient) => Promise<void>;
  /** Whose settings these are; its logo is taken over. The caller holds its row. */
  clonedFrom?: Pick<OwnedClient, 'clientId' | 'logoHash' | 'logoFetchedFrom'>;
};

export type CreatedClient = {
  client: OwnedClient;
  /** The first secret of a client that authenticates by one: readable here and never again in most channels. */
  secret?: { id: string; value: string };
  /** False when this form was sent before: `client` is what it made then. */
  created: boolean;
};

/**
 * Registers a client in an organization. Throws `forbidden` for a role that may not create, `invalid_metadata` or
 * `invalid_redirect_uri` with every broken rule, `rate_limited` beyond the account's or the network's hourly budget.
 */
export async function createClient(ctx: Context, input: CreateClient): Promise<CreatedClient> {
  requireTokenScope(ctx, 'clients:write', 'write');
  if (!mayCreateIn(ctx, input.organizationId))
    throw new RegistryError('forbidden', 'Your role in this organization does not let you register apps.');
  // An operator has powers everywhere, also where there is nothing.
  const operates = roleIn(ctx.actor, input.organizationId) === 'operator';
  if (operates && !(await selectOrganization(ctx.db, { id: input.organizationId, within: 'all' })))
    throw notFound('Organization');
  const userId = ctx.actor.kind === 'person' ? ctx.actor.userId : null;
  const createdByClient = ctx.actor.kind === 'program' ? ctx.actor.clientId : null;
  const again =
    input.submissionId && userId ? await selectClientOfSubmission(ctx.db, input.submissionId, userId) : undefined;
  if (again) return { client: await getOwnedClient(ctx, again.clientId), created: false };

  const channel = channelOf(ctx);
  const metadata = completeMetadata(input.metadata, channel);
  const { logo, issues } = await readLogo(input.logo);
  const found = [
    ...(input.found ?? []),
    ...issues,
    ...(await judgeSectorDocument(undefined, metadata)),
    ...(await judgeProduct(ctx, input.organizationId, input.productId)),
  ];
  await checkMetadata(ctx, metadata, { organizationId: input.organizationId, found });
  await takeFromBudget(ctx, userId ? `user:${userId}` : createdByClient && `client:${createdByClient}`);

  const made = await inTransaction(ctx, async (tx) => {
    if (!(await holdOrganization(tx.db, input.organizationId))) throw notFound('Organization');
    const gone = await judgeProduct(tx, input.organizationId, input.productId);
    if (gone[0]) throw new RegistryError('invalid_metadata', gone[0].message, { issues: gone });
    const row = await insertClient(tx.db, {
      ...columnsOf(metadata),
      nameSkeleton: nameSkeleton(metadata.name),
      logoHash: logo ? await storeLogo(tx.db, logo) : (input.clonedFrom?.logoHash ?? null),
      logoFetchedFrom: logo ? null : (input.clonedFrom?.logoFetchedFrom ?? null),
      organizationId: input.organizationId,
      productId: input.productId ?? null,
      provenance: channel,
      submissionId: input.submissionId,
      metadataUrl: input.metadataUrl,
      createdBy: userId,
      createdByClient,
      updatedBy: userId,
    });
    if (!row) return { client: await clientOfSubmission(tx, input.submissionId, userId), created: false };
    const { clientId } = row;
    const secret = hasSharedSecret(metadata) ? await issueSecret(tx, { clientId, name: 'First secret' }) : undefined;
    await recordAudit(tx, {
      action: 'client.create',
      organizationId: input.organizationId,
      targetType: 'client',
      targetId: clientId,
      after: {
        ...metadata,
        ...(input.clonedFrom && { clonedFrom: input.clonedFrom.clientId }),
        ...(secret && { secretId: secret.secret.id }),
      },
    });
    if (metadata.logoUri !== null) await wantLogo(tx.db, clientId);
    const client = await getOwnedClient(tx, clientId);
    await noteLookAlike(tx, client);
    await input.alongside?.(tx, client);
    return {
      client,
      secret: secret && { id: secret.secret.id, value: secret.value },
      created: true,
    };
  });
  wakeLogoFetches();
  return made;
}

async function clientOfSubmission(ctx: Context, submissionId: string | undefined, userId: string | null) {
  const made = submissionId && userId ? await selectClientOfSubmission(ctx.db, submissionId, userId) : undefined;
  if (!made) throw notFound('Client');
  return getOwnedClient(ctx, made.clientId);
}

async function takeFromBudget(ctx: Context, who: string | null) {
  if (!who) return;
  const message = 'Too many apps were registered in the last hour. Try again later.';
  const windowSeconds = 3600;
  const factor = env().rateLimitFactor;
  await requireFromLimit(ctx.db, `client-create:${who}`, { max: 120 * factor, windowSeconds }, message);
  await requireFromLimit(ctx.db, `client-create:network:${ctx.network}`, { max: 600 * factor, windowSeconds }, message);
}
