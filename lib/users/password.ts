import { dictionary } from '@zxcvbn-ts/language-common';
import type { Issue } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';

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
export function judgePassword(
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

const known = () => once('common-passwords', () => new Set(dictionary['passwords-common'] as string[]));

/** Runs of keys and letters that many people type; each is also tried backwards and around its end. */
const rows = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]).map((row) => row.repeat(8));

/** The shortest text of which `text` is a whole number of copies. */
function unitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text)
      return text.slice(0, length);
  return text;
}

/** Whether everyone's guess list holds the password: as it is, repeated, as a run of keys, or with a few digits around it. */
function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  if (known().has(text) || new Set(text).size < 3) return true;
  const unit = unitOf(text);
  if (unit !== text && (unit.length <= 4 || known().has(unit))) return true;
  if (runs.some((run) => run.includes(text))) return true;
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return text.length - core.length <= 5 && known().has(core);
}
