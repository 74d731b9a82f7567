import type { Db } from '#db/client';
import { tokenOf } from '#lib/kernel/access';
import type { Provenance } from '#lib/kernel/actor';
import type { Context } from '#lib/kernel/context';
import { env } from '#lib/kernel/env';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { isRegistryOnlyScope } from '#lib/resources/rules';
import { currentNames, scopesFor } from '#lib/scopes/index';
import type { ClientMetadata } from './client.ts';
import { judgeReservedNames } from './reserved-name.ts';
import { channelOf } from './rules/channel.ts';
import { isInstalled } from './rules/confidentiality.ts';
import { knownSchemes } from './rules/custom-scheme.ts';
import { refusal, refusalsOf, unreadableFields, withoutDuplicates } from './rules/issue.ts';
import { judgeMetadata, type MetadataRules } from './rules/metadata.ts';

/**
 * Checks metadata against the rule book and throws every broken rule at once. With `before`, a rule that the stored client already
 * breaks (its channel has other rules) does not block an unrelated edit. Issues in `found` are thrown too; no other rule
 * checks a field that could not be read.
 *
 * @throws invalid_redirect_uri: every issue is about `redirectUris`
 * @throws invalid_metadata: any other issue
 */
export async function checkMetadata(
  ctx: Context,
  metadata: ClientMetadata,
  at: {
    organizationId: string;
    before?: ClientMetadata & { provenance: Provenance; firstParty?: boolean; clientId?: string; reviewState?: string };
    found?: readonly Issue[];
  },
): Promise<void> {
  const { names: catalogue, closed } = await scopesFor(ctx.db, at.before);
  const misread = unreadableFields(at.found ?? []);
  const rules = {
    channel: channelOf(ctx),
    provenance: at.before?.provenance,
    catalogue,
    closed,
    allowedSchemes: redirectSchemes(),
    misread,
  };
  const judged = at.before ? judgeEdit(at.before, metadata, rules) : refusalsOf(judgeMetadata(metadata, rules));
  const issues = [
    ...withoutDuplicates(at.found ?? []),
    ...judged,
    ...judgeTokenScopes(ctx, metadata, at.before),
    ...judgeDeviceKeys(metadata, at.before),
    ...(misread.includes('name') ? [] : await judgeReservedNames(ctx, metadata, at)),
  ];
  const [first] = issues;
  if (!first) return;
  const code = issues.every(({ field }) => field.startsWith('redirectUris'))
    ? 'invalid_redirect_uri'
    : 'invalid_metadata';
  throw new RegistryError(code, first.message, { issues });
}

/** The same fields with the current names of renamed scopes, where the former names are still accepted. */
export async function withCurrentScopes<
  T extends { scopes?: string[] | undefined; optionalScopes?: string[] | undefined },
>(db: Db, fields: T): Promise<T> {
  const now = async (names: unknown) =>
    Array.isArray(names) && names.every((name) => typeof name === 'string') ? await currentNames(db, names) : names;
  return {
    ...fields,
    ...(fields.scopes !== undefined && { scopes: await now(fields.scopes) }),
    ...(fields.optionalScopes !== undefined && { optionalScopes: await now(fields.optionalScopes) }),
  };
}

/** Rule R9: the custom schemes that are accepted although they are not a reversed domain. The operator's list replaces ours. */
export const redirectSchemes = (): readonly string[] => env().redirectSchemes ?? knownSchemes;

/** A token cannot give a client a registry scope that the token itself lacks. */
function judgeTokenScopes({ actor }: Context, metadata: ClientMetadata, before: ClientMetadata | undefined): Issue[] {
  const own: readonly string[] | undefined = tokenOf(actor)?.scopes;
  if (!own) return [];
  const kept = [...own, ...(before?.scopes ?? [])];
  return metadata.scopes
    .filter((name) => isRegistryOnlyScope(name) && !kept.includes(name))
    .map((name) => ({
      field: 'scopes',
      rule: 'beyond_token',
      message: `The token that asks does not have ${name} itself.`,
    }));
}

/** RFC 8252 §8.5: a key that was on people's devices must not authenticate a confidential client, so a client that leaves them needs other keys. */
function judgeDeviceKeys(metadata: ClientMetadata, before: ClientMetadata | undefined): Issue[] {
  const leavesDevices = before !== undefined && isInstalled(before) && !isInstalled(metadata);
  if (!leavesDevices || metadata.tokenEndpointAuthMethod !== 'private_key_jwt') return [];
  const old = new Set((before.jwks?.keys ?? []).map(materialOf));
  if (!metadata.jwks?.keys.some((key) => old.has(materialOf(key)))) return [];
  return [refusal('jwks', 'M8', 'Register other keys: these were on people’s devices.')];
}

/** What makes two keys the same, whatever their `kid`, `use` or `alg` (RFC 7638 §3.2). */
const materialOf = ({ kty, crv, x, y, n, e }: Readonly<Record<string, unknown>>) =>
  JSON.stringify([kty, crv, x, y, n, e]);

/**
 * Returns the issues that block an edit: every rule that the result breaks, unless the stored client already breaks it with the
 * same value. Findings (warnings) on the stored client do not count as broken rules.
 */
export function judgeEdit(before: ClientMetadata, after: ClientMetadata, rules: MetadataRules): Issue[] {
  const known = new Set(refusalsOf(judgeMetadata(before, rules)).map((issue) => identityOf(issue, before)));
  return refusalsOf(judgeMetadata(after, rules)).filter((issue) => !known.has(identityOf(issue, after)));
}

/** Identifies an issue by rule, field and value. The position in a list is left out, so that a moved value is the same issue. */
function identityOf({ field, rule, message }: Issue, metadata: ClientMetadata): string {
  const value = field.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], metadata);
  const member = field.replace(/\.\d+$/, '');
  return JSON.stringify(typeof value === 'string' ? [member, rule, value] : [member, rule, message]);
}

/** Returns the rule book's findings on a registered client. They block nothing; the developer should look at them. */
export const warningsOf = (client: ClientMetadata & { provenance: Provenance }): Issue[] =>
  judgeMetadata(client, {
    channel: 'portal',
    provenance: client.provenance,
    allowedSchemes: redirectSchemes(),
  }).filter(({ severity }) => severity === 'warning');
