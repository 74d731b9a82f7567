import type { Client } from '#lib/clients/rules';
import type { Values } from '#lib/forms';
import { address, line, trimmedLines } from '../../read-form.ts';
import type { FormField } from '../form-field.ts';

export const brandingFields: readonly FormField[] = [
  { name: 'description', label: 'Description' },
  { name: 'clientUri', label: 'Website', exact: true },
  { name: 'policyUri', label: 'Privacy policy', exact: true },
  { name: 'tosUri', label: 'Terms of service', exact: true },
  { name: 'contacts', label: 'Contacts' },
  { name: 'logo', label: 'Logo', none: 'The image that you chose' },
  { name: 'removeLogo', label: 'Logo', say: () => 'None', none: 'An image' },
];

type Branding = Pick<Client, 'description' | 'clientUri' | 'policyUri' | 'tosUri' | 'contacts'>;

const maybe = (text: string | null) => (text ? [text] : []);

export const showBranding = ({ description, clientUri, policyUri, tosUri, contacts }: Branding): Values => ({
  description: maybe(description),
  clientUri: maybe(clientUri),
  policyUri: maybe(policyUri),
  tosUri: maybe(tosUri),
  contacts,
});

/** What the form asks for beside the logo. */
export const readBranding = (form: FormData): Branding => ({
  description: line(form, 'description'),
  clientUri: address(form, 'clientUri'),
  policyUri: address(form, 'policyUri'),
  tosUri: address(form, 'tosUri'),
  contacts: trimmedLines(form, 'contacts'),
});
