'use server';

import type { FormState } from '#lib/forms';
import { lines } from '../../read-form.ts';
import { saveClient } from '../save.ts';
import { showRedirects } from './fields.ts';

export async function saveRedirects(clientId: string, _state: FormState, form: FormData): Promise<FormState> {
  const patch = {
    redirectUris: lines(form, 'redirectUris'),
    postLogoutRedirectUris: lines(form, 'postLogoutRedirectUris'),
    allowedOrigins: lines(form, 'allowedOrigins'),
  };
  return saveClient(clientId, form, { path: '/redirects', show: showRedirects, patch });
}
