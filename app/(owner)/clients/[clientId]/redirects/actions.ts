'use server';

import type { FormState } from '#lib/forms';
import { saveClient } from '../save.ts';
import { readRedirects, showRedirects } from './fields.ts';

export async function saveRedirects(clientId: string, _state: FormState, form: FormData): Promise<FormState> {
  return saveClient(clientId, form, { path: '/redirects', show: showRedirects, patch: readRedirects(form) });
}
