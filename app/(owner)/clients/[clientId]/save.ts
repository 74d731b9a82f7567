import '#server-only';
import { revalidatePath } from 'next/cache';
import { listAuditEvents } from '#lib/audit/index';
import { findOwnedClient, type OwnedClient, type UpdateClient, updateClient } from '#lib/clients/index';
import { type Issue, isRegistryError } from '#lib/kernel/errors';
import { differing, type FormState, refused, saved, textIn, typedIn, type Values } from '#lib/portal/forms';
import { requireContext, type SignedIn } from '#lib/portal/session';

type Save = {
  /** The page below the client's, to come back to after a sign-in: `/settings`. */
  path: string;
  patch: UpdateClient;
  /** Issues of values that could not be read; they are answered together with every broken rule. */
  unreadable?: readonly Issue[];
  /** Returns the form's values for a client; they are compared if somebody else has saved first. */
  show: (client: OwnedClient) => Values;
};

/** The action of every form on a client: it saves if the form has the current version, and returns the result. */
export async function saveClient(clientId: string, form: FormData, save: Save): Promise<FormState> {
  const ctx = await requireContext(`/clients/${encodeURIComponent(clientId)}${save.path}`);
  try {
    const { patch, unreadable } = save;
    await updateClient(ctx, clientId, patch, { version: Number(textIn(form, 'version')), unreadable });
  } catch (error) {
    const outdated = isRegistryError(error) && error.code === 'conflict' && error.field === 'version';
    return (outdated && (await conflictWith(ctx, clientId, form, save))) || refused(error, form);
  }
  revalidatePath(`/clients/${clientId}`, 'layout');
  return saved('Saved.');
}

async function conflictWith(ctx: SignedIn, clientId: string, form: FormData, { show }: Save) {
  const client = await findOwnedClient(ctx, clientId);
  if (!client) return undefined;
  const theirs = show(client);
  const typed = typedIn(form);
  if (differing(typed, theirs).length === 0) {
    revalidatePath(`/clients/${clientId}`, 'layout');
    return saved('Somebody else had already saved the same.');
  }
  const [event] = await listAuditEvents(ctx, { type: 'client', id: client.clientId }, { limit: 1 });
  return {
    status: 'conflict',
    version: String(client.version),
    changedBy: event?.actorName ?? null,
    changedAt: client.updatedAt,
    theirs,
    typed,
  } satisfies FormState;
}
