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
  /** Opaque unless told: a JWT is valid until it ends, whatever happens. */
  accessTokenFormat?: Resource['accessTokenFormat'];
  /** The longest that its tokens live; five minutes at most, and unless told, for a JWT. */
  lifetimeSeconds?: number;
  /** The client as which the API asks about tokens. */
  introspectedBy?: string;
  /** Takes over from the one that was the default. */
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
    issues.push({ field: 'uri', rule: 'resource_uri', message: 'What is here is a resource by itself.' });
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  const by = input.introspectedBy === undefined ? null : await getOwnedClient(ctx, input.introspectedBy);
  return inTransaction(ctx, async (tx) => {
    if (isDefault) await clearDefaultResource(tx.db, uri);
    const row = { uri, name, ...offer, introspectedBy: by?.clientId ?? null, isDefault };
    const same = (await describeResources(tx.db, [uri])).get(uri);
    const made = same ? undefined : await insertResource(tx.db, row);
    if (!made) throw new RegistryError('conflict', 'There is a resource of this URI.', { field: 'uri' });
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

/** What it may offer and give out; `catalogue` has the scopes that there are. */
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

/** What is left out stays; `null` takes a lifetime or a client away. */
export type UpdateResource = {
  name?: string;
  scopes?: readonly string[];
  accessTokenFormat?: Resource['accessTokenFormat'];
  lifetimeSeconds?: number | null;
  introspectedBy?: string | null;
  isDefault?: boolean;
};

/**
 * Changes a resource; its URI stays. Tokens given before are worth what is left of their scopes, and refreshed ones follow the change.
 * Throws `forbidden` for everyone but the operator, `not_found`, `invalid_metadata`.
 */
export async function updateResource(ctx: Context, named: string, input: UpdateResource): Promise<Resource> {
  const { uri } = await getResource(ctx, named);
  const name = input.name === undefined ? undefined : checkedName(input.name);
  const by = typeof input.introspectedBy === 'string' ? await getOwnedClient(ctx, input.introspectedBy) : null;
  const catalogue = await scopeNames(ctx.db);
  return inTransaction(ctx, async (tx) => {
    const before = await lockResource(tx.db, uri);
    if (!before) throw notFound('Resource');
    const offer = offerOf(before, input);
    // A scope that is retired since may stay where it is.
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

/** A resource that changes over to JWTs keeps its lifetime as far as a JWT may live. */
function offerOf(before: Resource, input: UpdateResource) {
  const accessTokenFormat = input.accessTokenFormat ?? before.accessTokenFormat;
  const isJwt = accessTokenFormat === 'jwt';
  const kept = isJwt ? Math.min(before.lifetimeSeconds ?? jwtLifetimeSecondsMax, jwtLifetimeSecondsMax) : null;
  const unsaid = isJwt && before.accessTokenFormat !== 'jwt' ? kept : before.lifetimeSeconds;
  const lifetimeSeconds = input.lifetimeSeconds === undefined ? unsaid : input.lifetimeSeconds;
  return {
    scopes: [...new Set(input.scopes ?? before.scopes)],
    accessTokenFormat,
    lifetimeSeconds: isJwt ? (lifetimeSeconds ?? jwtLifetimeSecondsMax) : lifetimeSeconds,
  };
}

/**
 * Removes a resource: no more tokens are issued for it, and it can introspect none.
 * @throws forbidden: the actor is not the operator; not_found: there is none
 */
export async function removeResource(ctx: Context, uri: string): Promise<void> {
  requireOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const gone = await deleteResource(tx.db, uri);
    if (!gone) throw notFound('Resource');
    const { createdAt: _at, ...before } = gone;
    await recordAudit(tx, {
      action: 'resource.remove',
      organizationId: null,
      targetType: 'resource',
      targetId: uri,
      before,
    });
  });
}
