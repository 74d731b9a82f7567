import { recordAudit } from '../audit/index.ts';
import type { Context } from '../context.ts';

type Changed = {
  id: string;
  clientId: string;
  organizationId: string | null;
  /** Of the client. */
  publisherId: string;
};

type Entry = { action: 'grant.revoke' | 'grant.narrow'; scopes: readonly string[]; endedTokens: number | undefined };

/** Writes down twice that a person took something back: for them in full, and in the client's history without who it was. */
export async function noteTakenBack(
  tx: Context,
  grant: Changed,
  { action, scopes, endedTokens }: Entry,
): Promise<void> {
  const { id, clientId, organizationId, publisherId } = grant;
  await recordAudit(tx, {
    action,
    organizationId: null,
    targetType: 'grant',
    targetId: id,
    before: { clientId, organizationId, scopes },
    after: { endedTokens },
  });
  await recordAudit(
    { ...tx, actor: { kind: 'anonymous' } },
    {
      action,
      organizationId: publisherId,
      targetType: 'client',
      targetId: clientId,
      ...(action === 'grant.narrow' && { before: { scopes } }),
      after: { endedTokens },
    },
  );
}
