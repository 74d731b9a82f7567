import { selectSameSoftware } from '#db/queries/registrations';
import { recordAudit } from '../audit/index.ts';
import type { Context } from '../context.ts';
import { judgeSameSoftware } from './rules.ts';

type Registering = {
  clientId: string;
  organizationId: string;
  softwareId: string;
  name: string;
  redirectUris: string[];
};

/** Rule M22: a finding, kept in the client's history for whoever reviews it. */
export async function noteSuspicion(ctx: Context, client: Registering): Promise<void> {
  const { clientId, organizationId, softwareId } = client;
  const others = await selectSameSoftware(ctx.db, { softwareId, except: clientId, limit: 20 });
  const [issue] = judgeSameSoftware(client, others);
  if (!issue) return;
  await recordAudit(ctx, {
    action: 'client.suspect',
    organizationId,
    targetType: 'client',
    targetId: clientId,
    after: { rule: issue.rule, softwareId, message: issue.message },
  });
}
