import type { Issue } from '#lib/kernel/errors';
import { normalized } from '#lib/kernel/values';
import type { LocalizedTexts } from '../client.ts';
import { refusal } from './issue.ts';

export const nameLengthMax = 256;

type NameOptions = { field?: string; lengthMin?: number; lengthMax?: number };

/** Returns the stored form of a name: NFC, trimmed (rule M11). */
export function normaliseName(name: string): string {
  return normalized(name, 'NFC').trim();
}

/** Rule M11 on a name as typed: 1–256 code points after NFC and trim, without invisible characters and bidi overrides. */
export function judgeName(raw: string, options: NameOptions = {}): Issue[] {
  const { field = 'name', lengthMin = 1, lengthMax = nameLengthMax } = options;
  const name = normaliseName(raw);
  const length = [...name].length;
  if (length === 0) return [refusal(field, 'M11', 'Enter a name.')];
  if (length < lengthMin) return [refusal(field, 'M11', `Use at least ${lengthMin} characters.`)];
  if (length > lengthMax) return [refusal(field, 'M11', `Shorten it to ${lengthMax} characters or fewer.`)];
  const broken = judgeCharacters(name, field, 'M11');
  if (broken.length > 0) return broken;
  if (hasInvisibleCharacter(name))
    return [refusal(field, 'M11', 'Remove the invisible character: everyone must see the whole name.')];
  if (/\p{Co}/u.test(name))
    return [refusal(field, 'M11', 'Remove the private-use character: it looks different on each device.')];
  return [];
}

/** Whether a name has zero-width or blank characters, except where a script or an emoji needs them. */
function hasInvisibleCharacter(name: string): boolean {
  const drawn = name.replace(emoji, '').replace(variant, '$1').replace(joined, withoutJoiners);
  return /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u.test(drawn);
}

/** Emoji sequences of UTS #51: presentation, keycaps, joined pictograms, the flags of England, Scotland and Wales. */
const emoji = new RegExp(
  [
    String.raw`\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
    String.raw`[0-9#*]\ufe0f\u20e3`,
    String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f\p{Emoji_Modifier}]?(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)*`,
  ].join('|'),
  'gu',
);

/** Han characters and Mongolian letters in one of their registered forms. */
const variant = /(\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=\p{Script=Mongolian})[\u180b-\u180d\u180f]/gu;
const joined = /[\p{L}\p{M}\u200c\u200d]+/gu;

/** Removes U+200C and U+200D where RFC 5892 A.1 and A.2 allow them. The URL parser applies these rules to domain labels. */
function withoutJoiners(word: string): string {
  if (!/[\u200c\u200d]/.test(word) || /^[\u200c\u200d]|[\u200c\u200d]$|[\u200c\u200d]{2}/.test(word)) return word;
  return URL.canParse(`https://${word}/`) ? word.replace(/[\u200c\u200d]/g, '') : word;
}

/** Returns localized texts with the names in stored form. */
export const normaliseLocalized = (localized: Record<string, LocalizedTexts>): Record<string, LocalizedTexts> =>
  Object.fromEntries(
    Object.entries(localized).map(([tag, texts]) => [
      tag,
      texts.name === undefined ? texts : { ...texts, name: normaliseName(texts.name) },
    ]),
  );

/** Characters that change the direction of the text around them. */
const bidiOverride = /[\u202a-\u202e\u2066-\u2069]/u;

type TextOptions = { field: string; rule?: string; lengthMax: number; lines?: boolean };

/** Checks free text: no control characters (with `lines`, line feeds are allowed), no bidi overrides, no lone surrogates, `lengthMax` code points. */
export function judgeText(text: string, { field, rule = 'text', lengthMax, lines = false }: TextOptions): Issue[] {
  const broken = judgeCharacters(lines ? text.replaceAll('\n', ' ') : text, field, rule);
  if (broken.length > 0) return broken;
  if ([...text].length > lengthMax) return [refusal(field, rule, `Shorten it to ${lengthMax} characters or fewer.`)];
  return [];
}

/** Characters that neither a name nor a text may contain. PostgreSQL refuses U+0000 and lone surrogates too. */
function judgeCharacters(text: string, field: string, rule: string): Issue[] {
  if (/\p{Cs}/u.test(text)) return [refusal(field, rule, 'Remove the broken character (half of a surrogate pair).')];
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return [refusal(field, rule, 'Remove the control character.')];
  if (/\p{Noncharacter_Code_Point}/u.test(text))
    return [refusal(field, rule, 'Remove the character that stands for nothing.')];
  if (bidiOverride.test(text))
    return [refusal(field, rule, 'Remove the character that changes the direction of writing.')];
  return [];
}

/** Returns the stored form of a text: NFC, with line feeds as line ends. */
export function normaliseText(text: string): string {
  return normalized(text, 'NFC').replaceAll('\r\n', '\n');
}
