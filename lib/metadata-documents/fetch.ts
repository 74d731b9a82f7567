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
import { type AskedRegistration, admissible, selfRegisteredOrganization } from '#lib/registrations/index';
import { isMetadataUrl, judgeMetadataUrl } from './rules.ts';

const limits = { bytesMax: 5 * 1024, timeoutMs: 2500 };
const freshSeconds = { min: 30, unsaid: 5 * 60, max: 24 * 3600 };
const usableMs = 24 * 3600 * 1000;
const perMinute = { url: 10, host: 60, network: 60 };
const newPerHour = 60;
const meeting = () => once('metadata-documents-meeting', () => new Map<string, Promise<void>>());

export type DocumentFetch = {
  /** How the members of a document are named: those of a registration (RFC 7591). */
  read: (document: object) => Omit<AskedRegistration, 'softwareStatement'> & { hints: readonly Issue[] };
  /** Something begins: what the document says now counts. What goes on may for a day while it cannot be read. */
  begins: boolean;
};

/**
 * Makes sure that the client whose id is the URL of its metadata document (draft-ietf-oauth-client-id-metadata-document) is
 * registered here as that document describes it, reading it when it is new or not fresh any more. Ids that are no URL are passed over, and
 * all of them where the operator has not switched it on. Throws `invalid_metadata` in words about the document, `rate_limited`.
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
  const before = meeting().get(url);
  const next = before ?? meet(ctx, url, how.read).finally(() => meeting().delete(url));
  meeting().set(url, next);
  await next.catch((error) => {
    const mayGoOn = !how.begins && known !== undefined && now - known.readAt.getTime() < usableMs;
    if (!mayGoOn || !isRegistryError(error)) throw error;
  });
}

type Reading = DocumentFetch['read'];
type Asking = Omit<Context, 'actor' | 'channel'>;

async function meet(asking: Asking, url: string, read: Reading): Promise<void> {
  // Another request may have fetched it meanwhile.
  const known = await selectMetadataDocument(asking.db, url);
  if (known && known.freshUntil.getTime() > Date.now()) return;
  const { host } = new URL(url);
  if (isPublicSuffix(host)) throw unusable(`under ${host} anybody can have a name, so it proves nobody’s`, []);
  await takeFromBudgets(asking, url);
  const fetched = await fetchJson(url, limits);
  if (!fetched.ok) throw unusable(fetched.reason, []);
  const wrong = judgeDocument(fetched.value, url);
  if (wrong.length > 0) throw unusable(undefined, wrong);
  const asked = read({ ...(fetched.value as object) });
  const terms = { open: true, channel: 'metadata_document' as const };
  const { metadata, found } = await admissible(asking.db, asked, terms);
  const readAt = new Date();
  const kept = { readAt, freshUntil: new Date(readAt.getTime() + bounded(fetched.freshSeconds) * 1000) };
  try {
    await keep(asking, url, { metadata, found: [...found, ...judgeAddresses(metadata)], kept });
  } catch (error) {
    if (!isRegistryError(error) || error.code === 'rate_limited') throw error;
    throw unusable(error.issues.length > 0 ? undefined : error.message, [...error.issues, ...asked.hints]);
  }
}

type Described = {
  metadata: Awaited<ReturnType<typeof admissible>>['metadata'];
  found: readonly Issue[];
  kept: { readAt: Date; freshUntil: Date };
};

/** Registers the client or updates it; safe when several processes do so at once. */
async function keep(asking: Asking, url: string, { metadata, found, kept }: Described): Promise<void> {
  const organizationId = await selfRegisteredOrganization(asking.db);
  const registrant = { kind: 'registrant' as const, organizationId };
  await inTransaction({ ...asking, actor: registrant, channel: 'metadata_document' }, async (tx) => {
    await lockMetadataUrl(tx.db, url);
    const known = await selectMetadataDocument(tx.db, url);
    if (!known) {
      const message = 'Too many clients came here for the first time in the last hour. Try again later.';
      const budget = { max: newPerHour, windowSeconds: 3600 };
      const { client } = await createClient(tx, { organizationId, metadata, found, metadataUrl: url });
      await requireWithinLimit(tx.db, `metadata-document:new:${tx.network}`, budget, message);
      return upsertMetadataDocument(tx.db, { clientId: client.clientId, ...kept });
    }
    const { description: _description, allowedOrigins: _origins, environment: _environment, ...wanted } = metadata;
    const { clientId } = known;
    const itself = { kind: 'client' as const, clientId, organizationId: known.organizationId };
    await updateClient({ ...tx, actor: itself }, clientId, () => wanted, { unreadable: found });
    await upsertMetadataDocument(tx.db, { clientId, ...kept });
  });
  wakeLogoFetches();
}

async function takeFromBudgets({ db, network }: Asking, url: string): Promise<void> {
  const message = 'The metadata document was asked for too often. Wait a minute.';
  const budget = (max: number) => ({ max, windowSeconds: 60 });
  const named = { url, host: new URL(url).host, network };
  for (const whom of ['url', 'host', 'network'] as const)
    await requireWithinLimit(db, `metadata-document:${whom}:${named[whom]}`, budget(perMinute[whom]), message);
}

const bounded = (seconds = freshSeconds.unsaid): number =>
  Math.min(freshSeconds.max, Math.max(freshSeconds.min, seconds));

function unusable(reason: string | undefined, issues: readonly Issue[]): RegistryError {
  const message = `The metadata document of the client cannot be used. ${reason ?? ''}`.trim();
  return new RegistryError('invalid_metadata', message, { issues });
}

const neverPublished = ['client_secret', 'client_secret_expires_at', 'registration_access_token'];

/** Rules C2, C3, C9: what is wrong with a document itself before anything in it is read; in the names of the wire. */
function judgeDocument(document: unknown, url: string): Issue[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return [refusal('', 'C2', 'The document must be a JSON object.')];
  const members: Readonly<Record<string, unknown>> = { ...document };
  const issues: Issue[] = [];
  if (members.client_id !== url)
    issues.push(refusal('client_id', 'C2', 'client_id must be the very URL at which the document lies.'));
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

type Named = Partial<Pick<ClientMetadata, (typeof addresses)[number] | 'redirectUris' | 'postLogoutRedirectUris'>>;

/** Rule C4: no address in a document leads inside a network; a redirect URI may lead to the person's own machine. */
function judgeAddresses(metadata: Named): Issue[] {
  const message = 'The address leads inside a network.';
  const named = addresses.flatMap((field) => {
    const uri = metadata[field];
    return typeof uri === 'string' && isInternalAddress(uri) ? [refusal(field, 'C4', message)] : [];
  });
  const led = (['redirectUris', 'postLogoutRedirectUris'] as const).flatMap((field) =>
    (metadata[field] ?? []).flatMap((uri, index) => {
      const inside = isInternalAddress(uri) && !isLoopbackHost(splitUri(uri)?.host ?? '');
      return inside ? [refusal(`${field}.${index}`, 'C4', message)] : [];
    }),
  );
  return [...named, ...led];
}
