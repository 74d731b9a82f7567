import type { Issue } from '#lib/kernel/errors';
import type { Place } from './field.ts';
import type { ClientMetadata } from './fields.ts';
import { refusal } from './issue.ts';
import { judgeLanguages, languageMax } from './language-tag.ts';
import { judgeName } from './name.ts';
import { judgeForeignHost, judgeWebUri } from './web-uri.ts';

/** Rule M13: a page or image that is shown to people. */
export function judgePage(uri: string | null, { field, environment, redirectUris }: Place): Issue[] {
  if (uri === null) return [];
  const issues = judgeWebUri(uri, { field, rule: 'M13', environment });
  return issues.length > 0 ? issues : judgeForeignHost(uri, redirectUris, field);
}

/** Rules M11–M13 on the texts and pages in each language. */
export function judgeLocalized(metadata: ClientMetadata): Issue[] {
  const languages = judgeLanguages(metadata.localized, metadata);
  if (Object.keys(metadata.localized).length > languageMax) return languages;
  const texts = Object.entries(metadata.localized).flatMap(([tag, { name, ...pages }]) => [
    ...(name === undefined ? [] : judgeName(name, { field: `localized.${tag}.name` })),
    ...Object.entries(pages).flatMap(([member, uri]) =>
      judgePage(uri, { ...metadata, field: `localized.${tag}.${member}` }),
    ),
  ]);
  return [...languages, ...texts];
}

export const contactMax = 10;

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
// The e-mail address of HTML (WHATWG §4.10.5.1.5), with a dot in its host.
const address = new RegExp(`^[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64}@${label}(?:\\.${label})+$`);

/** Rule M15: contacts are e-mail addresses, each once. */
export function judgeContacts(contacts: readonly string[], field = 'contacts'): Issue[] {
  if (contacts.length > contactMax) return [refusal(field, 'M15', `Name at most ${contactMax} contacts.`)];
  return contacts.flatMap((contact, index) => {
    if (contact.length > 254 || !address.test(contact)) {
      return [refusal(`${field}.${index}`, 'M15', 'Enter an e-mail address, such as support@example.com.')];
    }
    if (contacts.indexOf(contact) < index)
      return [refusal(`${field}.${index}`, 'M15', 'Remove it: it is there already.')];
    return [];
  });
}
