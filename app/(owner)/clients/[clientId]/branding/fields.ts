import type { Client } from '#lib/clients/rules';
import type { Values } from '#lib/portal/forms';
import { address, line, trimmedLines } from '../../read-form.ts';
import type { FormField } from '../form-field.ts';

/** The linked pages, in the form's order. */
export const pages = [
  { name: 'clientUri', label: 'Website', placeholder: 'https://app.example.com' },
  { name: 'policyUri', label: 'Privacy policy', placeholder: 'https://app.example.com/privacy' },
  { name: 'tosUri', label: 'Terms of service', placeholder: 'https://app.example.com/terms' },
] as const;
type Page = (typeof pages)[number]['name'];

export const brandingFields: readonly FormField[] = [
  { name: 'description', label: 'Description' },
  ...pages.map(({ name, label }) => ({ name, label, exact: true })),
  { name: 'contacts', label: 'Contacts' },
  { name: 'logo', label: 'Logo', none: 'The image that you chose' },
  { name: 'removeLogo', label: 'Logo', describe: () => 'None', none: 'An image' },
];

type Branding = Pick<Client, 'description' | 'contacts' | Page>;

const maybe = (text: string | null) => (text ? [text] : []);
const ofPages = <T>(tell: (name: Page) => T) =>
  Object.fromEntries(pages.map(({ name }) => [name, tell(name)])) as Record<Page, T>;

export const showBranding = (client: Branding): Values => ({
  description: maybe(client.description),
  ...ofPages((name) => maybe(client[name])),
  contacts: client.contacts,
});

/** Reads the form, without the logo. */
export const readBranding = (form: FormData): Branding => ({
  description: line(form, 'description'),
  ...ofPages((name) => address(form, name)),
  contacts: trimmedLines(form, 'contacts'),
});
