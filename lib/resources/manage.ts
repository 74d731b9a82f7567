import {
  clearDefaultResource,
  deleteResource,
  insertResource,
  lockResource,
  updateResourceRow,
} from '#db/queries/resources';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { getOwnedClient } from '#lib/clients/index';
import { type Context, inTransaction } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { type Issue, notFound, RegistryError } from '#lib/kernel/errors';
import { checkedName } from '#lib/names/index';
import { scopeNames } from '#lib/scopes/index';
import { describeResources, getResource, jwtLifetimeSecondsMax, type Resource, requireOperator } from './find.ts';

export type CreateResource = {
  uri: string;
  name: string;
  scopes: readonly string[];
  /** By default opaque, because a JWT cannot be revoked. */
  accessTokenFormat?: Resource['accessTokenFormat'];
  /** The longest lifetime of its tokens. For a JWT it is at most, and by default, five minutes. */
  lifetimeSeconds?: number;
  /** The client that the API uses to introspect tokens. */
  introspectedBy?: string;
  /** Makes it the default resource instead of the previous one. */
  isDefault?: boolean;
};

/**
 * Adds an API for which tokens are issued.
 * @throws forbidden: the actor is not the operator; invalid_metadata: a rule is broken; conflict: the URI is taken
 */
export async function createResource(ctx: Context, input: CreateResource): Promise<Resource> {
  requireOperator(ctx);
  const name = checkedName(input.name);
  const { uri, accessTokenFormat = 'opaque', isDefault = false } = input;
  const scopes = [...new Set(input.scopes)];
  const lifetimeSeconds = input.lifetimeSeconds ?? (accessTokenFormat === 'jwt' ? jwtLifetimeSecondsMax : null);
  const offer = { scopes, accessTokenFormat, lifetimeSeconds };
  const issues = [...judgeResourceUri(uri), ...judgeResourceScopes(offer, await scopeNames(ctx.db))];
  if (issues.length === 0 && new URL(uri).origin === env().appUrl)
    issues.push({ field: 'uri', rule: 'resource_uri', message: 'This server is a resource already.' });
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  const by = input.introspectedBy === undefined ? null : await getOwnedClient(ctx, input.introspectedBy);
  return inTransaction(ctx, async (tx) => {
    requireOperator(tx);
    if (isDefault) await clearDefaultResource(tx.db, uri);
    const row = { uri, name, ...offer, introspectedBy: by?.clientId ?? null, isDefault };
    const same = (await describeResources(tx.db, [uri])).get(uri);
    const made = same ? undefined : await insertResource(tx.db, row);
    if (!made) throw new RegistryError('conflict', 'There is already a resource with this URI.', { field: 'uri' });
    const { createdAt: _at, ...after } = made;
    await recordAudit(tx, {
      action: 'resource.create',
      organizationId: null,
      targetType: 'resource',
      targetId: uri,
      after,
    });
    return made;
  });
}

const uriLengthMax = 2048;

/** RFC 8707 §2: an absolute URI without a fragment, in the characters of RFC 3986. */
function judgeResourceUri(uri: string): Issue[] {
  const refuse = (message: string) => [{ field: 'uri', rule: 'resource_uri', message }];
  if (uri.includes('#')) return refuse('Leave the fragment (#…) out.');
  if (uri.length > uriLengthMax) return refuse(`Shorten it to ${uriLengthMax} characters or fewer.`);
  if (!/^[a-z][a-z0-9+.-]*:[!"$-~]+$/i.test(uri) || !URL.canParse(uri))
    return refuse('Write an absolute URI, like https://api.example.com.');
  const { username, password } = new URL(uri);
  return username || password ? refuse('Leave the user and the password out.') : [];
}

/** Scopes for userinfo and for refresh tokens; they belong to no resource. */
const neverOffered: readonly string[] = ['openid', 'offline_access'];

/** Judges the scopes and the lifetime of a resource. `catalogue` has the names of all scopes. */
export function judgeResourceScopes(
  { scopes, accessTokenFormat, lifetimeSeconds }: Pick<Resource, 'scopes' | 'accessTokenFormat' | 'lifetimeSeconds'>,
  catalogue: ReadonlySet<string>,
): Issue[] {
  const refuse = (message: string) => ({ field: 'scopes', rule: 'scope', message });
  const issues: Issue[] = scopes.flatMap((name) => {
    if (!catalogue.has(name)) return [refuse(`There is no scope ${JSON.stringify(name)}.`)];
    return neverOffered.includes(name) ? [refuse(`Leave ${name} out: no resource offers it.`)] : [];
  });
  if (scopes.length === 0) issues.push(refuse('Name at least one scope.'));
  if (lifetimeSeconds === null) return issues;
  const max = accessTokenFormat === 'jwt' ? jwtLifetimeSecondsMax : 365 * 24 * 3600;
  if (!(Number.isInteger(lifetimeSeconds) && lifetimeSeconds >= 1 && lifetimeSeconds <= max))
    issues.push({ field: 'lifetimeSeconds', rule: 'lifetime', message: `Choose 1 to ${max} seconds.` });
  return issues;
}

/** Omitted members stay as they are; `null` removes a lifetime or a client. */
export type UpdateResource = {
  name?: string;
  scopes?: readonly string[];
  accessTokenFormat?: Resource['accessTokenFormat'];
  lifetimeSeconds?: number | null;
  introspectedBy?: string | null;
  isDefault?: boolean;
};

/**
 * Changes a resource; its URI stays. A scope that it loses no longer counts in existing tokens. Refreshed tokens follow the change.
 * @throws forbidden: the actor is not the operator; not_found: there is none; invalid_metadata: a rule is broken
 */
export async function updateResource(ctx: Context, requestedUri: string, input: UpdateResource): Promise<Resource> {
  const { uri } = await getResource(ctx, requestedUri);
  const name = input.name === undefined ? undefined : checkedName(input.name);
  const by = typeof input.introspectedBy === 'string' ? await getOwnedClient(ctx, input.introspectedBy) : null;
  const catalogue = await scopeNames(ctx.db);
  return inTransaction(ctx, async (tx) => {
    requireOperator(tx);
    const before = await lockResource(tx.db, uri);
    if (!before) throw notFound('Resource');
    const offer = offerOf(before, input);
    // A scope that the resource has may stay, even if it was retired since.
    const known = new Set([...catalogue, ...before.scopes]);
    const issues = judgeResourceScopes(offer, input.scopes === undefined ? known : catalogue);
    const [first] = issues;
    if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
    if (input.isDefault) await clearDefaultResource(tx.db, uri);
    const after = await updateResourceRow(tx.db, uri, {
      name: name ?? before.name,
      ...offer,
      introspectedBy: input.introspectedBy === undefined ? before.introspectedBy : (by?.clientId ?? null),
      isDefault: input.isDefault ?? before.isDefault,
    });
    if (!after) throw notFound('Resource');
    const differences = changesBetween(before, after);
    if (differences)
      await recordAudit(tx, {
        action: 'resource.update',
        organizationId: null,
        targetType: 'resource',
        targetId: uri,
        ...differences,
      });
    return after;
  });
}

/** The new scopes, format and lifetime. If the format becomes JWT, the lifetime is reduced to what a JWT may have. */
function offerOf(before: Resource, input: UpdateResource) {
  const accessTokenFormat = input.accessTokenFormat ?? before.accessTokenFormat;
  const isJwt = accessTokenFormat === 'jwt';
  const becomesJwt = isJwt && before.accessTokenFormat !== 'jwt';
  const reduced = Math.min(before.lifetimeSeconds ?? jwtLifetimeSecondsMax, jwtLifetimeSecondsMax);
  const unchanged = becomesJwt ? reduced : before.lifetimeSeconds;
  const lifetimeSeconds = input.lifetimeSeconds === undefined ? unchanged : input.lifetimeSeconds;
  return {
    scopes: [...new Set(input.scopes ?? before.scopes)],
    accessTokenFormat,
    lifetimeSeconds: isJwt ? (lifetimeSeconds ?? jwtLifetimeSecondsMax) : lifetimeSeconds,
  };
}

/**
 * Removes a resource: no more tokens are issued for it, and its API can introspect none.
 * @throws forbidden: the actor is not the operator; not_found: there is none
 */
export async function removeResource(ctx: Context, uri: string): Promise<void> {
  requireOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    requireOperator(tx);
    const deleted = await deleteResource(tx.db, uri);
    if (!deleted) throw notFound('Resource');
    const { createdAt: _at, ...before } = deleted;
    await recordAudit(tx, {
      action: 'resource.remove',
      organizationId: null,
      targetType: 'resource',
      targetId: uri,
      before,
    });
  });
}
