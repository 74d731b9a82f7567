import {
  clearDefaultResource,
  deleteResource,
  insertResource,
  lockResources,
  replaceIntrospectors,
  selectResources,
  updateResourceRow,
} from '#db/queries/resources';
import { changesBetween, recordAudit } from '#lib/audit/index';
import { normaliseName } from '#lib/clients/rules';
import { announceChange } from '#lib/kernel/configured';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { requirePlatform } from '#lib/platform/index';
import { findAt, jwtLifetimeSecondsMax, type Resource, resourceAt } from './find.ts';
import { judgeResource, type ResourceFields } from './judge.ts';

export type CreateResource = {
  uri: string;
  name: string;
  scopes: readonly string[];
  /** Opaque unless told: a JWT is valid until it ends, whatever happens. */
  accessTokenFormat?: Resource['accessTokenFormat'] | undefined;
  /** The longest that its tokens live; five minutes at most, and unless told, for a JWT. */
  lifetimeSeconds?: number | null | undefined;
  /** The ids of the clients that the API uses to introspect its tokens. */
  introspectedBy?: readonly string[] | undefined;
  /** Takes over from the one that was the default. */
  isDefault?: boolean | undefined;
};

/**
 * Adds an API for which tokens are issued.
 * @throws forbidden: the actor is not the operator; invalid_metadata: with every broken rule; conflict: the URI is taken
 */
export async function createResource(ctx: Context, input: CreateResource): Promise<Resource> {
  requirePlatform(ctx, 'resource.create');
  const { accessTokenFormat = 'opaque' } = input;
  const fields: ResourceFields = {
    uri: input.uri,
    name: normaliseName(input.name),
    scopes: unique(input.scopes),
    accessTokenFormat,
    lifetimeSeconds: input.lifetimeSeconds ?? (accessTokenFormat === 'jwt' ? jwtLifetimeSecondsMax : null),
    introspectedBy: uniqueIds(input.introspectedBy ?? []),
    isDefault: input.isDefault ?? false,
  };
  return inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'resource.create');
    await lockResources(tx.db);
    const issues = await judgeResource(tx.db, fields);
    const [first] = issues;
    if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
    if (findAt(await selectResources(tx.db), fields.uri))
      throw new RegistryError('conflict', 'There is a resource of this URI.', { field: 'uri' });
    if (fields.isDefault) await clearDefaultResource(tx.db, fields.uri);
    const { introspectedBy, ...row } = fields;
    await insertResource(tx.db, row);
    await replaceIntrospectors(tx.db, fields.uri, introspectedBy);
    await recordAudit(tx, { ...eventOn(fields.uri), action: 'resource.create', after: fields });
    await announceChange(tx, 'resources');
    return resourceAt(await selectResources(tx.db), fields.uri);
  });
}

/** What is left out stays; `null` takes a lifetime away. */
export type UpdateResource = {
  [Field in Exclude<keyof CreateResource, 'uri'>]?: CreateResource[Field] | undefined;
};

/**
 * Changes a resource; its URI stays. Tokens given before are worth what is left of their scopes, and refreshed ones follow the change.
 * @throws forbidden: the actor is not the operator; not_found: there is none; conflict: it has another version; invalid_metadata: with
 * every broken rule
 */
export async function updateResource(
  ctx: Context,
  named: string,
  input: UpdateResource,
  { version }: { version?: number | undefined } = {},
): Promise<Resource> {
  requirePlatform(ctx, 'resource.update');
  return inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'resource.update');
    await lockResources(tx.db);
    const before = resourceAt(await selectResources(tx.db), named);
    requireVersion(before, version);
    const { version: _v, createdAt: _c, ...known } = before;
    const after: ResourceFields = {
      ...known,
      ...offerOf(before, input),
      name: input.name === undefined ? before.name : normaliseName(input.name),
      introspectedBy: uniqueIds(input.introspectedBy ?? before.introspectedBy),
      isDefault: input.isDefault ?? before.isDefault,
    };
    const issues = await judgeResource(tx.db, after, before, input.scopes !== undefined);
    const [first] = issues;
    if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
    const differences = changesBetween<Record<string, unknown>>(known, after);
    if (!differences) return before;
    if (input.isDefault) await clearDefaultResource(tx.db, before.uri);
    const { introspectedBy, uri, ...row } = after;
    await updateResourceRow(tx.db, uri, row);
    await replaceIntrospectors(tx.db, uri, introspectedBy);
    await recordAudit(tx, { ...eventOn(uri), action: 'resource.update', ...differences });
    await announceChange(tx, 'resources');
    return resourceAt(await selectResources(tx.db), uri);
  });
}

/** Adds a scope to those that a resource offers. @throws as `updateResource` */
export function addScopeToResource(ctx: Context, named: string, name: string): Promise<Resource> {
  requirePlatform(ctx, 'resource.update');
  return inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'resource.update');
    await lockResources(tx.db);
    const { uri, scopes } = resourceAt(await selectResources(tx.db), named);
    return updateResource(tx, uri, { scopes: [...scopes, name] });
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
    scopes: unique(input.scopes ?? before.scopes),
    accessTokenFormat,
    lifetimeSeconds: isJwt ? (lifetimeSeconds ?? jwtLifetimeSecondsMax) : lifetimeSeconds,
  };
}

/**
 * Removes a resource: no more tokens are issued for it, and it can introspect none.
 * @throws forbidden: the actor is not the operator; not_found: there is none; conflict: it has another version
 */
export async function removeResource(
  ctx: Context,
  named: string,
  { version }: { version?: number | undefined } = {},
): Promise<void> {
  requirePlatform(ctx, 'resource.remove');
  return inTransaction(ctx, async (tx) => {
    requirePlatform(tx, 'resource.remove');
    await lockResources(tx.db);
    const gone = resourceAt(await selectResources(tx.db), named);
    requireVersion(gone, version);
    await deleteResource(tx.db, gone.uri);
    const { createdAt: _c, version: _v, ...before } = gone;
    await recordAudit(tx, { ...eventOn(gone.uri), action: 'resource.remove', before });
    await announceChange(tx, 'resources');
  });
}

function requireVersion(resource: Resource, version: number | undefined): void {
  if (version === undefined || version === resource.version) return;
  const message = 'The resource was changed since you read it. Read it again.';
  throw new RegistryError('conflict', message, { field: 'version' });
}

const unique = (names: readonly string[]) => [...new Set(names)];
const uniqueIds = (ids: readonly string[]) => unique(ids.map((id) => id.toLowerCase())).sort();

/** The audit target of a resource. */
const eventOn = (uri: string) => ({ organizationId: null, targetType: 'resource' as const, targetId: uri });
