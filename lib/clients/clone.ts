import { type Context, inTransaction } from '#lib/kernel/context';
import type { Issue } from '#lib/kernel/errors';
import type { Environment } from './client.ts';
import { type CreatedClient, createClient } from './create.ts';
import { getOwnedClient } from './find.ts';
import { fieldsOf } from './rules/fields.ts';
import { nameLengthMax } from './rules/name.ts';

export type CloneClient = {
  /** Default: the source's name with ` (copy)`. */
  name?: string;
  /** Default: the source's environment. It cannot be changed later. */
  environment?: Environment;
  /** Issues that the caller found; they are thrown together with the broken rules. */
  found?: readonly Issue[];
};

/**
 * Registers a client with the settings and logo of another one, in the same organization and product. The copy has its own id and
 * secret; managers, grants and the operator's decisions are not copied.
 *
 * @throws not_found: the actor may not see the source
 * @throws invalid_metadata, invalid_redirect_uri: as `createClient`; the source's channel may have allowed a value that this one refuses
 */
export function cloneClient(ctx: Context, clientId: string, input: CloneClient = {}): Promise<CreatedClient> {
  return inTransaction(ctx, async (tx) => {
    const source = await getOwnedClient(tx, clientId, { lock: true });
    const { organizationId, productId } = source;
    const { name = copyOf(source.name), environment = source.environment, found } = input;
    const metadata = { ...fieldsOf(source), name, environment };
    return createClient(tx, { organizationId, productId, metadata, clonedFrom: source, ...(found && { found }) });
  });
}

function copyOf(name: string): string {
  const ending = ' (copy)';
  return [...name].slice(0, nameLengthMax - ending.length).join('') + ending;
}
