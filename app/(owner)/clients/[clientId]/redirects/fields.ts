import type { ClientMetadata } from '#lib/clients/rules';
import type { Values } from '#lib/portal/forms';
import { lines } from '../../read-form.ts';
import type { FormField } from '../form-field.ts';

export const redirectFields: readonly FormField[] = [
  { name: 'redirectUris', label: 'Redirect URIs', none: 'None', exact: true },
  { name: 'postLogoutRedirectUris', label: 'Post-logout redirect URIs', none: 'None', exact: true },
  { name: 'allowedOrigins', label: 'Allowed origins', none: 'None', exact: true },
];

type Shown = Pick<ClientMetadata, 'redirectUris' | 'postLogoutRedirectUris' | 'allowedOrigins'>;

/** The client's lists as form values. */
export function showRedirects({ redirectUris, postLogoutRedirectUris, allowedOrigins }: Shown): Values {
  return { redirectUris, postLogoutRedirectUris, allowedOrigins };
}

/** Reads the form. */
export const readRedirects = (form: FormData): Shown => ({
  redirectUris: lines(form, 'redirectUris'),
  postLogoutRedirectUris: lines(form, 'postLogoutRedirectUris'),
  allowedOrigins: lines(form, 'allowedOrigins'),
});
