import { clearDefaultResource, insertResource } from '#db/queries/resources';
import { recordAudit } from '../audit/index.ts';
import { checkedName } from '../checked-name.ts';
import { getOwnedClient } from '../clients/index.ts';
import { type Context, inTransaction } from '../context.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { scopeNames } from '../scopes/index.ts';
import { describeResources } from './find.ts';
import { judgeOffer, judgeResourceUri } from './judge.ts';
import { requireOperator } from './operator.ts';
import { jwtLifetimeSecondsMax, type Resource } from './resource.ts';

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

/** Adds an API for which tokens are issued. Throws `forbidden` for everyone but the operator, `invalid_metadata`, `conflict`. */
export async function createResource(ctx: Context, input: CreateResource): Promise<Resource> {
  requireOperator(ctx);
  const name = checkedName(input.name);
  const { uri, accessTokenFormat = 'opaque', isDefault = false } = input;
  const scopes = [...new Set(input.scopes)];
  const lifetimeSeconds = input.lifetimeSeconds ?? (accessTokenFormat === 'jwt' ? jwtLifetimeSecondsMax : null);
  const offer = { scopes, accessTokenFormat, lifetimeSeconds };
  const issues = [...judgeResourceUri(uri), ...judgeOffer(offer, await scopeNames(ctx.db))];
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
