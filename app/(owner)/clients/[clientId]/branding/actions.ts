'use server';

import type { OwnedClient } from '#lib/clients/index';
import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { isTicked } from '../../read-form.ts';
import { saveClient } from '../save.ts';
import { readBranding, showBranding } from './fields.ts';

export const saveBranding = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  const logo = await readLogo(form);
  const patch = { ...readBranding(form), logo };
  // Images are not compared: with a new image every conflict is shown.
  const show = (client: OwnedClient) => ({
    ...showBranding(client),
    ...(logo && { logo: [client.logoHash ? 'Another image' : 'None'] }),
    ...(logo === null && { removeLogo: client.logoHash ? [] : ['on'] }),
  });
  return saveClient(clientId, form, { path: '/branding', patch, show });
});

/** Returns the bytes of a new logo, null to remove the logo, undefined to keep it. */
async function readLogo(form: FormData): Promise<Uint8Array | null | undefined> {
  const file = form instanceof FormData ? form.get('logo') : null;
  if (file instanceof File && file.size > 0) return new Uint8Array(await file.arrayBuffer());
  return isTicked(form, 'removeLogo') ? null : undefined;
}
