import { clearDefaultResource, holdResource, updateResourceRow } from '#db/queries/resources';
import { changesBetween, recordAudit } from '../audit/index.ts';
import { checkedName } from '../checked-name.ts';
import { getOwnedClient } from '../clients/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { notFound, RegistryError } from '../errors.ts';
import { scopeNames } from '../scopes/index.ts';
import { getResource } from './find.ts';
import { judgeOffer } from './judge.ts';
import { jwtLifetimeSecondsMax, type Resource } from './resource.ts';

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
    const before = await holdResource(tx.db, uri);
    if (!before) throw notFound('Resource');
    const offer = offerOf(before, input);
    // A scope that is retired since may stay where it is.
    const known = new Set([...catalogue, ...before.scopes]);
    const issues = judgeOffer(offer, input.scopes === undefined ? known : catalogue);
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
