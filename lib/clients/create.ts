import { insertClient, selectClientOfSubmission } from '#db/queries/clients';
import { lockOrganizationRow, selectOrganization } from '#db/queries/organizations';
import { recordAudit } from '#lib/audit/index';
import { issueSecret } from '#lib/credentials/index';
import { canCreateIn, requireTokenScope, roleIn } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { type Issue, notFound, RegistryError } from '#lib/kernel/errors';
import { requestLogoFetch, wakeLogoFetches } from '#lib/logo-fetches/index';
import { storeLogo } from '#lib/logos/index';
import { nameSkeleton } from '#lib/names/index';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { defaultScopes } from '#lib/scopes/index';
import { checkMetadata, withCurrentScopes } from './check-metadata.ts';
import { type ClientMetadata, hasSharedSecret, type NewClient } from './client.ts';
import { columnsOf } from './columns.ts';
import { getOwnedClient, type OwnedClient } from './find.ts';
import { judgeProduct, judgeSectorDocument, readLogo } from './references.ts';
import { noteLookAlike } from './reserved-name.ts';
import { channelOf } from './rules/channel.ts';
import { completeMetadata } from './rules/complete-metadata.ts';

export type CreateClient = {
  organizationId: string;
  productId?: number | null | undefined;
  metadata: NewClient;
  /** An image file of an accepted type. It is stored re-encoded as PNG. */
  logo?: Uint8Array | undefined;
  /** Idempotency key of a form: sending the same form twice creates one client. */
  submissionId?: string | undefined;
  /** URL of the client's metadata document; set by the channel `metadata_document` only. */
  metadataUrl?: string;
  /** Issues that the caller found; they are thrown together with the broken rules. */
  found?: readonly Issue[] | undefined;
  /** Runs in the same transaction, after the client is written. */
  alongside?: (tx: Context, client: OwnedClient) => Promise<void>;
  /** The client whose settings these are; its logo is copied. The caller has locked its row. */
  clonedFrom?: Pick<OwnedClient, 'clientId' | 'logoHash' | 'logoFetchedFrom'>;
};

export type CreatedClient = {
  client: OwnedClient;
  /** The first secret, for a client that authenticates with a secret. Most channels never show it again. */
  secret?: { id: string; value: string } | undefined;
  /** False if this form was sent before; `client` is then the one created by the first submission. */
  created: boolean;
};

/**
 * Registers a client in an organization.
 *
 * @throws forbidden: the actor's role may not register clients
 * @throws invalid_metadata, invalid_redirect_uri: with every broken rule
 * @throws rate_limited: the hourly limit of the account or the network is used up
 */
export async function createClient(ctx: Context, input: CreateClient): Promise<CreatedClient> {
  await requireMayCreate(ctx, input.organizationId);
  const again = await findBySubmission(ctx, input.submissionId);
  if (again) return { client: again, created: false };
  const judged = await judge(ctx, input);
  await takeFromBudget(ctx);
  const made = await inTransaction(ctx, (tx) => write(tx, input, judged));
  wakeLogoFetches();
  return made;
}

async function requireMayCreate(ctx: Context, organizationId: string): Promise<void> {
  requireTokenScope(ctx, 'clients:write', 'write');
  if (!canCreateIn(ctx, organizationId))
    throw new RegistryError('forbidden', 'Your role in this organization does not let you register apps.');
  // An operator's role applies to every id, so the organization may not exist.
  const operates = roleIn(ctx.actor, organizationId) === 'operator';
  if (operates && !(await selectOrganization(ctx.db, { id: organizationId, within: 'all' })))
    throw notFound('Organization');
}

type Judged = { metadata: ClientMetadata; logo: Awaited<ReturnType<typeof readLogo>>['logo'] };

/** Returns the complete metadata and the logo, or throws every broken rule at once. */
async function judge(ctx: Context, input: CreateClient): Promise<Judged> {
  const metadata = completeMetadata(await withCurrentScopes(ctx.db, input.metadata), channelOf(ctx));
  if (input.metadata.scopes === undefined && metadata.scopes.length === 0)
    metadata.scopes = await defaultScopes(ctx.db, { forPeople: metadata.applicationType !== 'machine' });
  const { logo, issues } = await readLogo(input.logo);
  const found = [
    ...(input.found ?? []),
    ...issues,
    ...(await judgeSectorDocument(undefined, metadata)),
    ...(await judgeProduct(ctx, input.organizationId, input.productId)),
  ];
  await checkMetadata(ctx, metadata, { organizationId: input.organizationId, found });
  return { metadata, logo };
}

async function write(tx: Context, input: CreateClient, { metadata, logo }: Judged): Promise<CreatedClient> {
  await requireMayCreate(tx, input.organizationId);
  const { organizationId, productId = null, clonedFrom } = input;
  if (!(await lockOrganizationRow(tx.db, organizationId))) throw notFound('Organization');
  const gone = await judgeProduct(tx, organizationId, productId);
  if (gone[0]) throw new RegistryError('invalid_metadata', gone[0].message, { issues: gone });
  const userId = userOf(tx);
  const row = await insertClient(tx.db, {
    ...columnsOf(metadata),
    nameSkeleton: nameSkeleton(metadata.name),
    logoHash: logo ? await storeLogo(tx.db, logo) : (clonedFrom?.logoHash ?? null),
    logoFetchedFrom: logo ? null : (clonedFrom?.logoFetchedFrom ?? null),
    organizationId,
    productId,
    provenance: channelOf(tx),
    submissionId: input.submissionId,
    metadataUrl: input.metadataUrl,
    createdBy: userId,
    createdByClient: programOf(tx),
    updatedBy: userId,
  });
  if (!row) return { client: await getBySubmission(tx, input.submissionId), created: false };
  const { clientId } = row;
  const secret = hasSharedSecret(metadata) ? await issueSecret(tx, { clientId, name: 'First secret' }) : undefined;
  await recordAudit(tx, {
    action: 'client.create',
    organizationId,
    targetType: 'client',
    targetId: clientId,
    after: {
      ...metadata,
      ...(clonedFrom && { clonedFrom: clonedFrom.clientId }),
      ...(secret && { secretId: secret.secret.id }),
    },
  });
  if (metadata.logoUri !== null) await requestLogoFetch(tx.db, clientId);
  const client = await getOwnedClient(tx, clientId);
  await noteLookAlike(tx, client);
  await input.alongside?.(tx, client);
  return { client, secret: secret && { id: secret.secret.id, value: secret.value }, created: true };
}

const userOf = ({ actor }: Context) => (actor.kind === 'person' ? actor.userId : null);
const programOf = ({ actor }: Context) => (actor.kind === 'program' ? actor.clientId : null);

/** Returns the client that an earlier submission of the same form created. */
async function findBySubmission(ctx: Context, submissionId: string | undefined): Promise<OwnedClient | undefined> {
  const userId = userOf(ctx);
  const made = submissionId && userId ? await selectClientOfSubmission(ctx.db, submissionId, userId) : undefined;
  return made && getOwnedClient(ctx, made.clientId);
}

async function getBySubmission(ctx: Context, submissionId: string | undefined): Promise<OwnedClient> {
  const client = await findBySubmission(ctx, submissionId);
  if (!client) throw notFound('Client');
  return client;
}

async function takeFromBudget(ctx: Context) {
  const [user, program] = [userOf(ctx), programOf(ctx)];
  const who = user ? `user:${user}` : program && `client:${program}`;
  if (!who) return;
  const message = 'Too many apps were registered in the last hour. Try again later.';
  const windowSeconds = 3600;
  await requireWithinLimit(ctx.db, `client-create:${who}`, { max: 120, windowSeconds }, message);
  await requireWithinLimit(ctx.db, `client-create:network:${ctx.network}`, { max: 600, windowSeconds }, message);
}
