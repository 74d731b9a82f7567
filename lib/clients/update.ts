import { updateClientRow } from '#db/queries/clients';
import { lockOrganizationRow } from '#db/queries/organizations';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { endSecrets } from '#lib/credentials/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { forbidden, type Issue } from '#lib/kernel/errors';
import { requestLogoFetch, wakeLogoFetches } from '#lib/logo-fetches/index';
import { storeLogo } from '#lib/logos/index';
import { nameSkeleton } from '#lib/names/index';
import { checkMetadata, withCurrentScopes } from './check-metadata.ts';
import type { ClientMetadata, ClientPatch } from './client.ts';
import { columnsOf } from './columns.ts';
import { getEditableClient, getOwnedClient, type OwnedClient, requireVersion } from './find.ts';
import { judgeProduct, judgeSectorDocument, readLogo } from './references.ts';
import { noteLookAlike } from './reserved-name.ts';
import { channelOf } from './rules/channel.ts';
import { patchMetadata } from './rules/complete-metadata.ts';
import { isInstalled } from './rules/confidentiality.ts';

export type UpdateClient = ClientPatch & {
  productId?: number | null | undefined;
  /** A new image, or null to show the initials again. */
  logo?: Uint8Array | null | undefined;
};

type UpdateOptions = {
  version?: number | undefined;
  unreadable?: readonly Issue[] | undefined;
  /** Runs in the same transaction, also if no field changes. Returns the id of the secret that it created, if any. */
  alongside?: (tx: Context, before: OwnedClient) => Promise<{ secretId: string } | undefined>;
};

/** The changes, or a function that derives them from the client. It is called once before the row is locked and once after. */
type Change = UpdateClient | ((before: OwnedClient) => Omit<UpdateClient, 'logo'>);

const changeOf = (change: Change, before: OwnedClient): UpdateClient =>
  typeof change === 'function' ? change(before) : change;

/**
 * Changes the fields in `change` and no other. `version` is the version that the edit is based on. `unreadable` holds issues on
 * values that the caller could not read; they are thrown together with the broken rules.
 *
 * @throws not_found: the client does not exist or belongs to another organization
 * @throws forbidden: the actor may only see the client, or the client is described by a metadata document
 * @throws conflict: the client has another version
 * @throws invalid_metadata, invalid_redirect_uri: with every broken rule
 */
export async function updateClient(
  ctx: Context,
  clientId: string,
  change: Change,
  { version, unreadable = [], alongside }: UpdateOptions = {},
): Promise<OwnedClient> {
  // The image is decoded only for an actor that may edit the client, and before the row is locked.
  const sent = typeof change === 'function' ? undefined : change.logo;
  if (sent) await getEditableClient(ctx, clientId);
  const image = await readLogo(sent);
  const sector = await judgeSector(ctx, clientId, change);
  const updated = await inTransaction(ctx, async (tx) => {
    const before = await getEditableClient(tx, clientId);
    requireVersion(before, version);
    refuseSelfDescribed(tx, before);
    const { productId, logo, ...sentPatch } = changeOf(change, before);
    const patch = await withCurrentScopes(tx.db, sentPatch);
    const metadata = patchMetadata(before, patch, channelOf(tx));
    const found = [
      ...unreadable,
      ...sector,
      ...image.issues,
      ...(await judgeNewProduct(tx, before.organizationId, productId)),
    ];
    await checkMetadata(tx, metadata, { organizationId: before.organizationId, before, found });
    const wanted = {
      ...metadata,
      productId: productId === undefined ? before.productId : productId,
      logoHash: logo === undefined ? before.logoHash : image.logo ? await storeLogo(tx.db, image.logo) : null,
      logoFetchedFrom: logo === undefined ? before.logoFetchedFrom : null,
    };
    const made = await alongside?.(tx, before);
    const changes = changesBetween<Record<string, unknown>>(before, wanted);
    if (changes) await write(tx, before, wanted, { ...changes, after: { ...changes.after, ...made } });
    else if (made) await recordAudit(tx, { action: 'secret.create', ...targetOf(before), after: made });
    // A new `logoUri` is fetched, unless the edit itself uploads or removes the logo.
    if (logo === undefined && patch.logoUri !== undefined && (patch.logoUri ?? before.logoFetchedFrom) !== null)
      await requestLogoFetch(tx.db, clientId);
    return changes ? getOwnedClient(tx, clientId) : before;
  });
  wakeLogoFetches();
  return updated;
}

type Wanted = ClientMetadata & Pick<OwnedClient, 'productId' | 'logoHash' | 'logoFetchedFrom'>;
type Changes = NonNullable<ReturnType<typeof changesBetween<Record<string, unknown>>>>;

async function write(tx: Context, before: OwnedClient, wanted: Wanted, changes: Changes): Promise<void> {
  const { clientId, version } = before;
  await updateClientRow(
    tx.db,
    { clientId, version },
    {
      ...columnsOf(wanted),
      productId: wanted.productId,
      logoHash: wanted.logoHash,
      logoFetchedFrom: wanted.logoFetchedFrom,
      nameSkeleton: nameSkeleton(wanted.name),
      updatedBy: tx.actor.kind === 'person' ? tx.actor.userId : null,
      updatedAt: new Date(),
    },
  );
  // Rule M7: a public client has no secret.
  const becomesPublic = wanted.tokenEndpointAuthMethod === 'none' && before.tokenEndpointAuthMethod !== 'none';
  // RFC 8252 §8.5: a secret that was on people's devices must not authenticate a confidential client.
  const leavesDevices = isInstalled(before) && !isInstalled(wanted);
  const { secretIds = [], tokensEnded } = becomesPublic || leavesDevices ? await endSecrets(tx, { clientId }) : {};
  const ended = secretIds.length > 0;
  await recordAudit(tx, {
    action: 'client.update',
    ...targetOf(before),
    before: { ...changes.before, ...(ended && { secretIds }) },
    after: { ...changes.after, ...(ended && { tokensEnded }) },
  });
  if (wanted.name !== before.name) await noteLookAlike(tx, { ...before, name: wanted.name });
}

const targetOf = ({ clientId, organizationId }: OwnedClient) => ({
  organizationId,
  targetType: 'client' as const,
  targetId: clientId,
});

/** Refuses edits of a client with a metadata document: the next fetch of the document would undo them. */
function refuseSelfDescribed({ channel }: Context, { metadataUrl }: OwnedClient): void {
  if (metadataUrl === null || channel === 'metadata_document') return;
  throw forbidden(`This app describes itself: change the document at ${metadataUrl}.`);
}

/** Rule M17 needs a request to another server, so it is checked before the row is locked. */
async function judgeSector(ctx: Context, clientId: string, change: Change): Promise<Issue[]> {
  if (typeof change !== 'function' && !change.sectorIdentifierUri && !change.redirectUris) return [];
  const before = await getEditableClient(ctx, clientId);
  const { productId: _product, logo: _logo, ...patch } = changeOf(change, before);
  return judgeSectorDocument(before, patchMetadata(before, patch, channelOf(ctx)));
}

/** Locks the organization, so that the product still belongs to it when the client is written. */
async function judgeNewProduct(tx: Context, organizationId: string, productId?: number | null): Promise<Issue[]> {
  if (productId != null) await lockOrganizationRow(tx.db, organizationId);
  return judgeProduct(tx, organizationId, productId);
}
