'use server';

import { redirect } from 'next/navigation';
import { cancelDeviceRequest, decideDeviceRequest } from '#lib/devices/index';
import { isRegistryError } from '#lib/kernel/errors';
import { pageAction } from '#lib/portal/action';
import { textIn, typedIn } from '#lib/portal/forms';
import { currentContext, requireContext } from '#lib/portal/session';
import { pageFor } from './load.ts';

const pageOfCode = (userCode: string, lang: string) => pageFor({ user_code: userCode, lang });

/**
 * Keeps what the person decided about the device of that code, and says so; what is over by now is said to be. `askedOf` is the person whose
 * account the question named: another one is asked again.
 */
export const answerDevice = pageAction(
  (userCode: string, _askedOf: string, lang: string, _form: FormData) => pageOfCode(userCode, lang),
  async (userCode: string, askedOf: string, lang: string, form: FormData) => {
    const ctx = await requireContext(pageFor({ user_code: userCode, lang }));
    const decision = textIn(form, 'decision');
    const wanted = Object.keys(typedIn(form)).flatMap((name) =>
      name.startsWith('scope ') ? name.slice(6).split(' ') : [],
    );
    const organizationId = textIn(form, 'organization') || null;
    const allow = decision === 'allow';
    try {
      await decideDeviceRequest(ctx, userCode, allow ? { askedOf, allow, wanted, organizationId } : { askedOf, allow });
    } catch (error) {
      if (!isRegistryError(error)) throw error;
      const choose = error.field === 'scopes' ? '1' : '';
      redirect(pageFor({ user_code: userCode, choose, lang }));
    }
    redirect(pageFor({ done: allow ? 'allowed' : 'cancelled', lang }));
  },
);

/** A no from somebody who is not signed in; a code that is none is said to be when they are. */
export const cancelDevice = pageAction(pageOfCode, async (userCode: string, lang: string) => {
  const ctx = await currentContext();
  try {
    await cancelDeviceRequest(ctx, userCode);
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    redirect(pageFor({ user_code: userCode, problem: error.code === 'rate_limited' ? 'tooMany' : 'unknown', lang }));
  }
  redirect(pageFor({ done: 'cancelled', lang }));
});
