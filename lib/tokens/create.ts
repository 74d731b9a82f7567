import { selectMember } from '#db/queries/members';
import { countLiveTokens, insertToken, selectTokenOfSubmission } from '#db/queries/tokens';
import { selectUser } from '#db/queries/users';
import { recordAudit } from '#lib/audit/index';
import { hashCredential, mintCredential } from '#lib/credentials/index';
import { powersIn, requireTokenScope } from '#lib/kernel/access';
import { type Context, inTransaction } from '#lib/kernel/context';
import { RegistryError } from '#lib/kernel/errors';
import { checkedName } from '#lib/names/index';
import { type ApiToken, isPlatformScope, judgeTokenEnd, judgeTokenScopes, liveTokensMax } from './rules.ts';

export type CreateToken = {
  organizationId: string;
  name: string;
  scopes: readonly string[];
  /** The end, as a duration or a time. Default: no end. */
  expiresInSeconds?: number;
  expiresAt?: Date | null | undefined;
  /** The owner of the token; for the command line only. Everyone else creates tokens for themselves. */
  userId?: string;
  /** Idempotency key of a form: sending the same form twice creates one token. */
  submissionId?: string | undefined;
};

/** `value` is returned only here; it is absent if the same form was sent before. */
export type CreatedToken = { token: ApiToken; value?: string };

/**
 * Creates a token for the actor in one of its organizations. At each use the token is limited to its scopes and to the person's current
 * role. A token can create tokens with `org:admin`, but with no further scope and no later end than its own.
 *
 * @throws not_found: the actor does not belong to the organization
 * @throws forbidden: the creating token lacks `org:admin` or a requested scope, or ends earlier; only an operator has the platform's scopes
 * @throws invalid_metadata: with every wrong field
 * @throws limit_reached: the person has `liveTokensMax` live tokens in the organization
 */
export async function createToken(ctx: Context, input: CreateToken): Promise<CreatedToken> {
  return inTransaction(ctx, async (tx) => {
    requireTokenScope(tx, 'org:admin');
    powersIn(tx, input.organizationId);
    const userId = ownerOf(tx, input);
    const name = checkedName(input.name);
    const scopes = [...new Set(input.scopes)];
    const expiresAt = endOf(tx, input);
    checkTokenInput(tx, scopes, expiresAt);
    const { organizationId, submissionId } = input;
    await requireOperatorFor(tx, userId, scopes);
    const earlier = submissionId && (await selectTokenOfSubmission(tx.db, { userId, submissionId }));
    if (earlier) return { token: earlier as ApiToken };
    if (!(await selectMember(tx.db, { organizationId, userId })))
      throw new RegistryError('invalid_metadata', 'Only a member of the organization can have a token there.', {
        field: 'organizationId',
      });
    if ((await countLiveTokens(tx.db, { userId, organizationId, now: new Date() })) >= liveTokensMax)
      throw new RegistryError('limit_reached', `At most ${liveTokensMax} tokens may be live. Revoke one first.`);
    const value = mintCredential('clt_pat_');
    const row = await insertToken(tx.db, {
      organizationId,
      userId,
      name,
      ...hashCredential(value),
      lastFour: value.slice(-4),
      scopes,
      expiresAt,
      submissionId,
    });
    if (!row) return { token: await getTokenOfSubmission(tx, { userId, submissionId }) };
    await recordAudit(tx, {
      action: 'token.create',
      organizationId,
      targetType: 'token',
      targetId: row.id,
      after: { userId, name, scopes, expiresAt },
    });
    return { token: row as ApiToken, value };
  });
}

async function requireOperatorFor({ db }: Context, userId: string, scopes: readonly string[]): Promise<void> {
  const ofPlatform = scopes.filter(isPlatformScope);
  if (ofPlatform.length === 0 || (await selectUser(db, userId))?.isOperator) return;
  const message = `Remove ${ofPlatform.join(' and ')}: only an operator's token has it.`;
  throw new RegistryError('forbidden', message, { issues: [{ field: 'scopes', rule: 'operator_only', message }] });
}

/** Returns the token that a concurrent submission of the same form created. @throws conflict: there is none */
async function getTokenOfSubmission(
  ctx: Context,
  { userId, submissionId = '' }: { userId: string; submissionId?: string | undefined },
) {
  const token = await selectTokenOfSubmission(ctx.db, { userId, submissionId });
  if (!token) throw new RegistryError('conflict', 'This form cannot be sent again. Open a new one.');
  return token as ApiToken;
}

function ownerOf({ actor }: Context, { userId }: CreateToken): string {
  if (actor.kind === 'person') return actor.userId;
  if (actor.kind === 'command_line' && userId) return userId;
  throw new RegistryError('unauthenticated', 'A token belongs to a person: sign in first.');
}

function endOf({ actor }: Context, { expiresInSeconds, expiresAt }: CreateToken): Date | null {
  if (expiresInSeconds !== undefined) return new Date(Date.now() + expiresInSeconds * 1000);
  return expiresAt ?? (actor.kind === 'person' && actor.token ? actor.token.expiresAt : null);
}

/**
 * Checks the scopes and the end of a new token by the rules, and against the token that creates it.
 * @throws invalid_metadata: a rule is broken; forbidden: the creating token lacks a scope or ends earlier
 */
function checkTokenInput({ actor }: Context, scopes: readonly string[], expiresAt: Date | null): void {
  const issues = [...judgeTokenScopes(scopes), ...judgeTokenEnd(expiresAt)];
  const creator = actor.kind === 'person' ? actor.token : undefined;
  const allowed: readonly string[] = creator?.scopes ?? scopes;
  const missing = scopes.filter((scope) => !allowed.includes(scope));
  const refuse = (field: string, message: string) => issues.push({ field, rule: 'token_beyond_its_maker', message });
  if (missing.length > 0) refuse('scopes', `The creating token does not have ${missing.join(', ')} itself.`);
  if (creator?.expiresAt && expiresAt && expiresAt > creator.expiresAt)
    refuse(
      'expiresAt',
      `The creating token ends on ${creator.expiresAt.toISOString()}: a new token must not end later.`,
    );
  const [first] = issues;
  if (first)
    throw new RegistryError(first.rule.startsWith('token_beyond') ? 'forbidden' : 'invalid_metadata', first.message, {
      issues,
    });
}
