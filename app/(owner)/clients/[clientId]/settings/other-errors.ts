import { tableOf } from '#lib/kernel/table';
import type { FormState } from '#lib/portal/forms';

const elsewhere = tableOf({
  redirectUris: 'Redirect URI',
  postLogoutRedirectUris: 'Post-logout redirect URI',
  allowedOrigins: 'Allowed origin',
  sectorIdentifierUri: 'Sector identifier URI',
});

/** Returns the errors of a field and of its parts, such as key 2 of a key set. */
export function errorsUnder(state: FormState, name: string): string[] | undefined {
  if (state.status !== 'invalid') return undefined;
  return Object.entries(state.fields).flatMap(([field, errors]) => {
    if (field === name) return errors;
    if (!field.startsWith(`${name}.`)) return [];
    const number = Number(field.split('.').at(-1)) + 1;
    return errors.map((error) => `Key ${number}: ${error}`);
  });
}

/** Returns the errors of fields on other pages of the client, with the name of the page. */
export function otherErrors(state: FormState): string[] {
  if (state.status !== 'invalid') return [];
  return Object.entries(state.fields).flatMap(([field, errors]) => {
    const [member = '', index] = field.split('.');
    const label = elsewhere(member);
    if (label === undefined) return [];
    const which = index === undefined ? label : `${label} ${Number(index) + 1}`;
    return errors.map((error) => `${which} does not fit any more: ${error}`);
  });
}
