import { takeInitialAccessTokenUse } from '#db/queries/initial-access-tokens';
import { insertRegistration } from '#db/queries/registrations';
import { requireTokenScope } from '../access.ts';
import { createClient, warningsOf } from '../clients/index.ts';
import type { Context } from '../context.ts';
import { hashCredential, mintCredential } from '../credentials/index.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { requireFromLimit } from '../rate-limits/index.ts';
import { admissible } from './admissible.ts';
import type { Admitted } from './admit.ts';
import { noteSuspicion } from './note-suspicion.ts';
import type { AskedRegistration, Registration } from './registration.ts';

/**
 * Registers a client for a program (RFC 7591) and gives it the token for its own registration, readable here and never again.
 * Throws `forbidden`, `invalid_metadata` or `invalid_redirect_uri` with every broken rule, `rate_limited` beyond the hourly
 * budget of the network or the software, `unauthenticated` when the initial access token has no use left.
 */
export async function registerClient(
  ctx: Context,
  { organizationId, open }: Omit<Admitted, 'actor'>,
  asked: AskedRegistration,
): Promise<Registration & { accessToken: string }> {
  requireTokenScope(ctx, 'clients:write');
  const { metadata, droppedScopes, replaced, found } = await admissible(ctx.db, asked, { open });
  const accessToken = mintCredential('clt_rat_');
  const { softwareStatement } = asked;
  const { client, secret } = await createClient(ctx, {
    organizationId,
    metadata,
    found,
    alongside: async (tx, { clientId, softwareId, name, redirectUris }) => {
      await takeFromBudgets(tx, softwareId);
      await takeUse(tx);
      await insertRegistration(tx.db, { clientId, ...hashCredential(accessToken), open, softwareStatement });
      if (softwareId !== null) await noteSuspicion(tx, { clientId, organizationId, softwareId, name, redirectUris });
    },
  });
  const findings = warningsOf(client);
  return { client, secret: secret?.value, softwareStatement, droppedScopes, replaced, findings, accessToken };
}

/** What is refused takes nothing from them. */
async function takeFromBudgets({ db, network }: Context, softwareId: string | null): Promise<void> {
  const factor = env().rateLimitFactor;
  const windowSeconds = 3600;
  const message = 'Too many clients were registered in the last hour. Try again later.';
  await requireFromLimit(db, `registration:network:${network}`, { max: 60 * factor, windowSeconds }, message);
  if (softwareId === null) return;
  await requireFromLimit(db, `registration:software:${softwareId}`, { max: 300 * factor, windowSeconds }, message);
}

async function takeUse({ db, actor }: Context): Promise<void> {
  const id = actor.kind === 'registrant' ? actor.initialAccessTokenId : undefined;
  if (id === undefined || (await takeInitialAccessTokenUse(db, id, new Date()))) return;
  throw new RegistryError('unauthenticated', 'This initial access token has been used up.');
}
