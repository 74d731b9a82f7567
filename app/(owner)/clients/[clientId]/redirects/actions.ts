'use server';

import { formAction } from '#lib/portal/action';
import type { FormState } from '#lib/portal/forms';
import { saveClient } from '../save.ts';
import { readRedirects, showRedirects } from './fields.ts';

export const saveRedirects = formAction(async (clientId: string, _state: FormState, form: FormData) => {
  return saveClient(clientId, form, { path: '/redirects', show: showRedirects, patch: readRedirects(form) });
});
