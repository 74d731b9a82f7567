import { tokenOf } from '#lib/kernel/access';
import type { Provenance } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { isOfRegistry } from '#lib/resources/rules';
import { scopeNames } from '#lib/scopes/index';
import type { ClientMetadata } from './client.ts';
import { judgeReservedNames } from './reserved-name.ts';
import { channelOf } from './rules/channel.ts';
import { knownSchemes } from './rules/custom-scheme.ts';
import { misreadFields, refusalsOf, withoutRepeated } from './rules/issue.ts';
import { judgeMetadata, type MetadataRules } from './rules/metadata.ts';

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

/**
 * What stands in the way of an edit: every rule that the result breaks, except where the stored client broke it already with
 * the same value (it came by a channel with other rules). A finding of before excuses nothing.
 */
export function judgeEdit(before: ClientMetadata, after: ClientMetadata, rules: MetadataRules): Issue[] {
  const known = new Set(refusalsOf(judgeMetadata(before, rules)).map((issue) => identityOf(issue, before)));
  return refusalsOf(judgeMetadata(after, rules)).filter((issue) => !known.has(identityOf(issue, after)));
}

/** The rule, the member and the text that breaks it, wherever in its list that text stands. */
function identityOf({ field, rule, message }: Issue, metadata: ClientMetadata): string {
  const value = field.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], metadata);
  const member = field.replace(/\.\d+$/, '');
  return JSON.stringify(typeof value === 'string' ? [member, rule, value] : [member, rule, message]);
}

/** The rule book's findings on a client as it is registered: nothing of it is refused, and its developer should look at it. */
export const warningsOf = (client: ClientMetadata & { provenance: Provenance }): Issue[] =>
  judgeMetadata(client, {
    channel: 'portal',
    provenance: client.provenance,
    allowedSchemes: redirectSchemes(),
  }).filter(({ severity }) => severity === 'warning');
