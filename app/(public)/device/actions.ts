'use server';

import { redirect } from 'next/navigation';
import { decideDeviceRequest } from '#lib/devices/index';
import { isRegistryError } from '#lib/errors';
import { textIn, typedIn } from '#lib/forms';
import { requireContext } from '#lib/session';
import { pageFor } from './load.ts';

/** Keeps what the person decided about the device of that code, and says so; what is over by now is said to be. */
export async function answerDevice(userCode: string, lang: string, form: FormData): Promise<void> {
  const ctx = await requireContext(pageFor({ user_code: userCode, lang }));
  const decision = textIn(form, 'decision');
  const wanted = Object.keys(typedIn(form)).flatMap((name) =>
    name.startsWith('scope ') ? name.slice(6).split(' ') : [],
  );
  const organizationId = textIn(form, 'organization') || null;
  const allow = decision === 'allow';
  try {
    await decideDeviceRequest(ctx, userCode, allow ? { allow, wanted, organizationId } : { allow });
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    redirect(pageFor({ user_code: userCode, lang }));
  }
  redirect(pageFor({ done: allow ? 'allowed' : 'cancelled', lang }));
}
