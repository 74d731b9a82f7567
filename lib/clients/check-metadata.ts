import { tokenOf } from '../access.ts';
import type { Context } from '../context.ts';
import { env } from '../env.ts';
import { type Issue, RegistryError } from '../errors.ts';
import { isOfRegistry } from '../resources/rules.ts';
import { scopeNames } from '../scopes/index.ts';
import { channelOf } from './channel.ts';
import type { ClientMetadata, Provenance } from './client.ts';
import { knownSchemes } from './custom-scheme.ts';
import { misreadFields, refusalsOf, withoutRepeated } from './issue.ts';
import { judgeEdit } from './judge-edit.ts';
import { judgeMetadata } from './metadata.ts';
import { judgeReservedNames } from './reserved-name.ts';

/**
 * Holds metadata against the one rule book and throws every broken rule at once. With `before`, what the stored client
 * already broke (it came by a channel with other rules) does not stand in the way of an unrelated edit. Issues in `found` are
 * thrown too; a field that could not be read is not judged by other rules.
 */
export async function checkMetadata(
  ctx: Context,
  metadata: ClientMetadata,
  at: {
    organizationId: string;
    before?: ClientMetadata & { provenance: Provenance; firstParty?: boolean };
    found?: readonly Issue[];
  },
): Promise<void> {
  const catalogue = await scopeNames(ctx.db);
  const misread = misreadFields(at.found ?? []);
  const rules = {
    channel: channelOf(ctx),
    provenance: at.before?.provenance,
    catalogue,
    allowedSchemes: redirectSchemes(),
    misread,
  };
  const judged = at.before ? judgeEdit(at.before, metadata, rules) : refusalsOf(judgeMetadata(metadata, rules));
  const issues = [
    ...withoutRepeated(at.found ?? []),
    ...judged,
    ...beyondToken(ctx, metadata, at.before),
    ...(misread.includes('name') ? [] : await judgeReservedNames(ctx, metadata, at)),
  ];
  const [first] = issues;
  if (!first) return;
  const code = issues.every(({ field }) => field.startsWith('redirectUris'))
    ? 'invalid_redirect_uri'
    : 'invalid_metadata';
  throw new RegistryError(code, first.message, { issues });
}

/** Rule R9: the operator's list of schemes that are no domain in reverse order. */
export const redirectSchemes = (): readonly string[] => env().redirectSchemes ?? knownSchemes;

/** No token makes a client that could have a token beyond it. */
function beyondToken({ actor }: Context, metadata: ClientMetadata, before: ClientMetadata | undefined): Issue[] {
  const own: readonly string[] | undefined = tokenOf(actor)?.scopes;
  if (!own) return [];
  const kept = [...own, ...(before?.scopes ?? [])];
  return metadata.scopes
    .filter((name) => isOfRegistry(name) && !kept.includes(name))
    .map((name) => ({
      field: 'scopes',
      rule: 'beyond_token',
      message: `The token that asks does not have ${name} itself.`,
    }));
}
