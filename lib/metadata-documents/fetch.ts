import { lockMetadataUrl, selectMetadataDocument, upsertMetadataDocument } from '#db/queries/metadata-documents';
import { createClient, updateClient } from '#lib/clients/index';
import { type ClientMetadata, isLoopbackHost, refusal, splitUri } from '#lib/clients/rules';
import { isPublicSuffix } from '#lib/domains/index';
import { fetchJson, isInternalAddress } from '#lib/guarded-fetch/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { type Issue, isRegistryError, RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { wakeLogoFetches } from '#lib/logo-fetches/index';
import { requireWithinLimit } from '#lib/rate-limits/index';
import { completeRegistration, type RegistrationRequest, selfRegisteredOrganization } from '#lib/registrations/index';
import { isMetadataUrl, judgeMetadataUrl } from './rules.ts';

const limits = { bytesMax: 5 * 1024, timeoutMs: 2500 };
const freshSeconds = { min: 30, default: 5 * 60, max: 24 * 3600 };
const usableMs = 24 * 3600 * 1000;
const perMinute = { url: 10, host: 60, network: 60 };
const newPerHour = 60;
/** The fetches of this process that are not finished, by URL. */
const pendingFetches = () => once('metadata-documents-pending', () => new Map<string, Promise<void>>());

export type DocumentFetch = {
  /** Reads the members of a document, which have the names of a registration (RFC 7591). */
  read: (document: object) => Omit<RegistrationRequest, 'softwareStatement'> & { hints: readonly Issue[] };
  /** Whether the request starts an authorization. If so, the document must be valid now; otherwise one that was read within a day is enough. */
  begins: boolean;
};

/**
 * For a client id that is the URL of a metadata document (draft-ietf-oauth-client-id-metadata-document): creates the client, or updates it if
 * the stored document is no longer fresh. Does nothing for any other client id, or if the operator has not allowed metadata documents.
 * @throws invalid_metadata: the document cannot be used, with the reason; rate_limited
 */
export async function fetchMetadataDocument(
  ctx: Omit<Context, 'actor' | 'channel'>,
  url: string,
  how: DocumentFetch,
): Promise<void> {
  if (!env().metadataDocuments) return;
  const wrong = judgeMetadataUrl(url);
  if (wrong.length > 0) throw unusable(undefined, wrong);
  if (!isMetadataUrl(url)) return;
  const known = await selectMetadataDocument(ctx.db, url);
  const now = Date.now();
  if (known && (known.status !== 'active' || known.freshUntil.getTime() > now)) return;
  const pending = pendingFetches().get(url);
  const fetch = pending ?? fetchAndSave(ctx, url, how.read).finally(() => pendingFetches().delete(url));
  pendingFetches().set(url, fetch);
  await fetch.catch((error) => {
    const isStoredUsable = !how.begins && known !== undefined && now - known.readAt.getTime() < usableMs;
    if (!isStoredUsable || !isRegistryError(error)) throw error;
  });
}

type Reader = DocumentFetch['read'];
type FetchContext = Omit<Context, 'actor' | 'channel'>;

async function fetchAndSave(ctx: FetchContext, url: string, read: Reader): Promise<void> {
  // Another request may have fetched the document meanwhile.
  const known = await selectMetadataDocument(ctx.db, url);
  if (known && known.freshUntil.getTime() > Date.now()) return;
  const { host } = new URL(url);
  if (isPublicSuffix(host)) throw unusable(`Anyone can register a domain below ${host}, so it identifies nobody.`, []);
  await takeFromBudgets(ctx, url);
  const fetched = await fetchJson(url, limits);
  if (!fetched.ok) throw unusable(fetched.reason, []);
  const wrong = judgeDocument(fetched.value, url);
  if (wrong.length > 0) throw unusable(undefined, wrong);
  const asked = read({ ...(fetched.value as object) });
  const terms = { open: true, channel: 'metadata_document' as const };
  const { metadata, found } = await completeRegistration(ctx.db, asked, terms);
  const readAt = new Date();
  const times = { readAt, freshUntil: new Date(readAt.getTime() + bounded(fetched.freshSeconds) * 1000) };
  try {
    await saveClient(ctx, url, { metadata, found: [...found, ...judgeAddresses(metadata)], times });
  } catch (error) {
    if (!isRegistryError(error) || error.code === 'rate_limited') throw error;
    throw unusable(error.issues.length > 0 ? undefined : error.message, [...error.issues, ...asked.hints]);
  }
}

type ReadDocument = {
  metadata: Awaited<ReturnType<typeof completeRegistration>>['metadata'];
  found: readonly Issue[];
  times: { readAt: Date; freshUntil: Date };
};

/** Creates or updates the client. A lock on the URL makes this safe if several processes do it at the same time. */
async function saveClient(ctx: FetchContext, url: string, { metadata, found, times }: ReadDocument): Promise<void> {
  const organizationId = await selfRegisteredOrganization(ctx.db);
  const registrant = { kind: 'registrant' as const, organizationId };
  await inTransaction({ ...ctx, actor: registrant, channel: 'metadata_document' }, async (tx) => {
    await lockMetadataUrl(tx.db, url);
    const known = await selectMetadataDocument(tx.db, url);
    if (!known) {
      const message = 'Too many new clients came from this network in the last hour. Try again later.';
      const budget = { max: newPerHour, windowSeconds: 3600 };
      const { client } = await createClient(tx, { organizationId, metadata, found, metadataUrl: url });
      await requireWithinLimit(tx.db, `metadata-document:new:${tx.network}`, budget, message);
      return upsertMetadataDocument(tx.db, { clientId: client.clientId, ...times });
    }
    const { description: _description, allowedOrigins: _origins, environment: _environment, ...wanted } = metadata;
    const { clientId } = known;
    const actor = { kind: 'client' as const, clientId, organizationId: known.organizationId };
    await updateClient({ ...tx, actor }, clientId, () => wanted, { unreadable: found });
    await upsertMetadataDocument(tx.db, { clientId, ...times });
  });
  wakeLogoFetches();
}

async function takeFromBudgets({ db, network }: FetchContext, url: string): Promise<void> {
  const message = 'The metadata document was fetched too often. Wait a minute.';
  const budget = (max: number) => ({ max, windowSeconds: 60 });
  const keys = { url, host: new URL(url).host, network };
  for (const kind of ['url', 'host', 'network'] as const)
    await requireWithinLimit(db, `metadata-document:${kind}:${keys[kind]}`, budget(perMinute[kind]), message);
}

const bounded = (seconds = freshSeconds.default): number =>
  Math.min(freshSeconds.max, Math.max(freshSeconds.min, seconds));

function unusable(reason: string | undefined, issues: readonly Issue[]): RegistryError {
  const message = `The metadata document of the client cannot be used. ${reason ?? ''}`.trim();
  return new RegistryError('invalid_metadata', message, { issues });
}

const neverPublished = ['client_secret', 'client_secret_expires_at', 'registration_access_token'];

/** Rules C2, C3, C9: judges a document before its members are read. The issues have wire names. */
function judgeDocument(document: unknown, url: string): Issue[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return [refusal('', 'C2', 'The document must be a JSON object.')];
  const members: Readonly<Record<string, unknown>> = { ...document };
  const issues: Issue[] = [];
  if (members.client_id !== url) issues.push(refusal('client_id', 'C2', 'client_id must be the URL of the document.'));
  for (const name of neverPublished)
    if (Object.hasOwn(members, name)) issues.push(refusal(name, 'C3', `Remove ${name}: the document is public.`));
  for (const name of ['client_name', 'redirect_uris'])
    if (members[name] === undefined || members[name] === null) issues.push(refusal(name, 'C9', `${name} is missing.`));
  return issues;
}

const addresses = [
  'clientUri',
  'logoUri',
  'tosUri',
  'policyUri',
  'jwksUri',
  'sectorIdentifierUri',
  'initiateLoginUri',
  'backchannelLogoutUri',
] as const;

type Addresses = Partial<Pick<ClientMetadata, (typeof addresses)[number] | 'redirectUris' | 'postLogoutRedirectUris'>>;

/** Rule C4: no URL in a document leads to this machine or a private network. A redirect URI may lead to the person's own machine. */
function judgeAddresses(metadata: Addresses): Issue[] {
  const message = 'The address is in a private network.';
  const ofPages = addresses.flatMap((field) => {
    const uri = metadata[field];
    return typeof uri === 'string' && isInternalAddress(uri) ? [refusal(field, 'C4', message)] : [];
  });
  const ofRedirects = (['redirectUris', 'postLogoutRedirectUris'] as const).flatMap((field) =>
    (metadata[field] ?? []).flatMap((uri, index) => {
      const isWrong = isInternalAddress(uri) && !isLoopbackHost(splitUri(uri)?.host ?? '');
      return isWrong ? [refusal(`${field}.${index}`, 'C4', message)] : [];
    }),
  );
  return [...ofPages, ...ofRedirects];
}
