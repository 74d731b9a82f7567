import type { Issue } from '../errors.ts';
import { isCommonPassword } from './common-passwords.ts';

export const passwordLengthMin = 12;
export const passwordBytesMax = 1024;

/** The same password typed on another keyboard is the same password. */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** The person's own words, which are the first that someone else tries. */
function ownWords({ email = '', name = '' }: { email?: string; name?: string }): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const words = [email, local, domain, name, ...name.split(/\s+/), 'clientele'];
  return words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3);
}

/** Whether little is left of the password when the person's e-mail address and name are taken out of it. */
function isOwnName(password: string, person: { email?: string; name?: string }): boolean {
  let rest = password.toLowerCase();
  for (const word of ownWords(person).sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  return rest.length < 4;
}

/**
 * What is wrong with a new password: at least 12 characters (code points), no rules about which ones, and not one that
 * everybody tries first. `person` is who will use it.
 */
export function checkPassword(
  password: string,
  person: { email?: string; name?: string } = {},
  field = 'password',
): Issue[] {
  const refuse = (message: string): Issue[] => [{ field, rule: 'password', message }];
  if (!password.isWellFormed() || password.includes('\0')) return refuse('Use characters that can be typed.');
  const text = normalisePassword(password);
  if ([...text].length < passwordLengthMin) return refuse(`Use at least ${passwordLengthMin} characters.`);
  if (Buffer.byteLength(text) > passwordBytesMax) return refuse(`Use at most ${passwordBytesMax} bytes.`);
  if (isOwnName(text, person)) return refuse('Your e-mail address and name are too easy to guess. Choose other words.');
  if (isCommonPassword(text)) return refuse('Many people use this password. Choose another, for example four words.');
  return [];
}
