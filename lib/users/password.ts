import { dictionary } from '@zxcvbn-ts/language-common';
import type { Issue } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { normalized } from '#lib/kernel/values';

export const passwordLengthMin = 12;
export const passwordBytesMax = 1024;

/** The password in NFKC: another keyboard may send other code points for the same password. */
export const normalisePassword = (password: string): string => normalized(password, 'NFKC');

/** The words that an attacker tries first: of the person's e-mail address and name, and the platform's name. */
function ownWords({ email = '', name = '' }: { email?: string; name?: string }): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const words = [email, local, domain, name, ...name.split(/\s+/), 'clientele'];
  return words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3);
}

/** Whether the password has fewer than 4 characters besides the person's own words. */
function isOwnName(password: string, person: { email?: string; name?: string }): boolean {
  let rest = password.toLowerCase();
  for (const word of ownWords(person).sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  return rest.length < 4;
}

/**
 * Judges a new password. It needs at least 12 characters (code points) of any kind, and must not be easy to guess. `person` is the owner of
 * the password.
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

const commonPasswords = () => once('common-passwords', () => new Set(dictionary['passwords-common'] as string[]));

/** Sequences of letters and keys that many people type. A part of one, also backwards or across its end, is a common password. */
const rows = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]).map((row) => row.repeat(8));

/** The shortest text whose repetition is `text`. */
function repeatedUnitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text)
      return text.slice(0, length);
  return text;
}

/** Whether the password is a common one, a repetition of one, a sequence of keys, or a common one with a few digits or signs around it. */
function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  const common = commonPasswords();
  if (common.has(text) || new Set(text).size < 3) return true;
  const unit = repeatedUnitOf(text);
  if (unit !== text && (unit.length <= 4 || common.has(unit))) return true;
  if (runs.some((run) => run.includes(text))) return true;
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return text.length - core.length <= 5 && common.has(core);
}
