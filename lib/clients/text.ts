import type { Issue } from '#lib/errors';
import { refusal } from './issue.ts';

/** Reorders or overrides the direction of what surrounds it. */
export const bidiOverride = /[\u202a-\u202e\u2066-\u2069]/u;

type TextOptions = { field: string; rule?: string; lengthMax: number; lines?: boolean };

/** A description or other free text: no control character (a line feed where `lines`), no bidi override, whole code points only. */
export function judgeText(text: string, { field, rule = 'text', lengthMax, lines = false }: TextOptions): Issue[] {
  const broken = judgeCharacters(lines ? text.replaceAll('\n', ' ') : text, field, rule);
  if (broken.length > 0) return broken;
  if ([...text].length > lengthMax) return [refusal(field, rule, `Shorten it to ${lengthMax} characters or fewer.`)];
  return [];
}

/** What neither a name nor a text may contain; PostgreSQL refuses U+0000 and half surrogate pairs as well. */
export function judgeCharacters(text: string, field: string, rule: string): Issue[] {
  if (/\p{Cs}/u.test(text)) return [refusal(field, rule, 'Remove the broken character (half of a surrogate pair).')];
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return [refusal(field, rule, 'Remove the control character.')];
  if (/\p{Noncharacter_Code_Point}/u.test(text))
    return [refusal(field, rule, 'Remove the character that stands for nothing.')];
  if (bidiOverride.test(text))
    return [refusal(field, rule, 'Remove the character that changes the direction of writing.')];
  return [];
}

/** The text as it is stored: NFC, line ends as one line feed. */
export function normaliseText(text: string): string {
  return text.normalize('NFC').replaceAll('\r\n', '\n');
}
