import { dictionary } from '@zxcvbn-ts/language-common';
import { once } from '../once.ts';

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
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  if (known().has(text) || new Set(text).size < 3) return true;
  const unit = unitOf(text);
  if (unit !== text && (unit.length <= 4 || known().has(unit))) return true;
  if (runs.some((run) => run.includes(text))) return true;
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return text.length - core.length <= 5 && known().has(core);
}
