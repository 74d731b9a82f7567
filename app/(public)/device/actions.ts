'use server';

import { redirect } from 'next/navigation';
import { cancelDeviceRequest, decideDeviceRequest } from '#lib/devices/index';
import { scopesOfFields } from '#lib/grants/rules';
import { isRegistryError } from '#lib/kernel/errors';
import { pageAction } from '#lib/portal/action';
import { textIn, typedIn } from '#lib/portal/forms';
import { currentContext, requireContext } from '#lib/portal/session';
import { pageFor } from './load.ts';

const pageOfCode = (userCode: string, lang: string) => pageFor({ user_code: userCode, lang });

/**
 * Stores the person's decision about the device with that code, then redirects to the confirmation, or to the page for an expired code.
 * `shownTo` is the user id of the account that the page showed; another person is asked again.
 */
export const answerDevice = pageAction(
  (userCode: string, _askedOf: string, lang: string, _form: FormData) => pageOfCode(userCode, lang),
  async (userCode: string, shownTo: string, lang: string, form: FormData) => {
    const ctx = await requireContext(pageFor({ user_code: userCode, lang }));
    const decision = textIn(form, 'decision');
    const wanted = scopesOfFields(Object.keys(typedIn(form)));
    const organizationId = textIn(form, 'organization') || null;
    const allow = decision === 'allow';
    try {
      await decideDeviceRequest(ctx, userCode, allow ? { shownTo, allow, wanted, organizationId } : { shownTo, allow });
    } catch (error) {
      if (!isRegistryError(error)) throw error;
      const choose = error.field === 'scopes' ? '1' : '';
      redirect(pageFor({ user_code: userCode, choose, lang }));
    }
    redirect(pageFor({ done: allow ? 'allowed' : 'cancelled', lang }));
  },
);

/** Refuses a device without a sign-in. Redirects to the form if the code is unknown. */
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
