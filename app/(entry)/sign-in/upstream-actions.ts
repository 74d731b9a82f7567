'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, refused, textIn } from '#lib/forms';
import { joinWithPassword, listProviders } from '#lib/identities/index';
import { currentContext, currentUserAgent, keepSession } from '#lib/session';
import { findWaitingIdentity, forgetWaitingIdentity } from '#lib/session-identity';
import { beginUpstream, keepWayOut } from '#lib/session-upstream';

/** To another service. A browser with scripts goes by itself; without them, a page of ours sends it (form-action ends here). */
export async function leaveFor(form: FormData): Promise<void> {
  const provider = listProviders().find(({ id }) => id === textIn(form, 'provider'));
  if (!provider) redirect('/sign-in');
  const address = await beginUpstream(provider.id, textIn(form, 'callbackUrl'));
  if ((await headers()).has('next-action')) redirect(address);
  await keepWayOut(address);
  redirect('/sign-in/continue');
}

export async function linkIdentity(_: FormState, form: FormData): Promise<FormState> {
  const identity = await findWaitingIdentity();
  if (!identity) redirect('/sign-in?error=expired');
  const ctx = await currentContext();
  try {
    const input = { password: textIn(form, 'password'), userAgent: await currentUserAgent() };
    await keepSession(await joinWithPassword(ctx, identity, input));
    await forgetWaitingIdentity();
  } catch (error) {
    return refused(error, form);
  }
  redirect('/settings/profile?done=linked');
}
