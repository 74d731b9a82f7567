'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { linkWithPassword, listProviders } from '#lib/identities/index';
import { formAction, pageAction } from '#lib/portal/action';
import { type FormState, textIn } from '#lib/portal/forms';
import { currentContext, currentUserAgent, keepSession } from '#lib/portal/session';
import { findWaitingIdentity, forgetWaitingIdentity } from '#lib/portal/session-identity';
import { beginUpstream, rememberNextPage } from '#lib/portal/sign-in';

const signInPage = (form: FormData) => `/sign-in?callbackUrl=${encodeURIComponent(textIn(form, 'callbackUrl'))}`;

/** Redirects to a provider. Without scripts it goes through a page of ours, because the content security policy's `form-action` forbids the redirect. */
export const leaveFor = pageAction(signInPage, async (form: FormData) => {
  const provider = listProviders().find(({ id }) => id === textIn(form, 'provider'));
  if (!provider) redirect('/sign-in');
  const address = await beginUpstream(provider.id, textIn(form, 'callbackUrl'));
  if ((await headers()).has('next-action')) redirect(address);
  await rememberNextPage(address);
  redirect('/sign-in/continue');
});

export const linkIdentity = formAction(async (_: FormState, form: FormData) => {
  const identity = await findWaitingIdentity();
  if (!identity) redirect('/sign-in?error=expired');
  const ctx = await currentContext();
  const input = { password: textIn(form, 'password'), userAgent: await currentUserAgent() };
  await keepSession(await linkWithPassword(ctx, identity, input));
  await forgetWaitingIdentity();
  redirect('/settings/profile?done=linked');
});
