import type { Issue } from '#lib/errors';
import { refusal } from './issue.ts';

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
