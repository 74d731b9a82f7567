import unhomoglyph from 'unhomoglyph';
import { judgeName, normaliseName, refusalsOf } from '#lib/clients/rules';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';

/**
 * The form in which names that look alike are equal (UTS 39 confusables, letter case and white space aside). Two names with
 * one skeleton can be taken for each other (rule M11); it is compared, never shown. For the server: its table is large.
 */
export function nameSkeleton(name: string): string {
  let skeleton = name;
  // What one look-alike is replaced by may have look-alikes of its own ("%" takes three passes).
  for (let pass = 0; pass < 8; pass++) {
    const plainer = withoutLookAlikes(skeleton);
    if (plainer === skeleton) break;
    skeleton = plainer;
  }
  return skeleton;
}

function withoutLookAlikes(text: string): string {
  const visible = text.normalize('NFKD').replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, '');
  // The table turns I into l, lower case turns it into i: one class, whatever the case it was written in.
  return unhomoglyph(visible).toLowerCase().replaceAll('i', 'l').normalize('NFKD');
}

const platformName = 'Clientele';

/**
 * The reserved name that a name contains as whole words, however it is spelled: the platform's own, or one of the operator's list
 * (CLIENTELE_RESERVED_NAMES). Look-alike letters, accents, case, spaces and signs between letters make no difference.
 */
export function reservedNameIn(name: string): string | undefined {
  const runs = new Set(readingsOf(name).flatMap(runsOf));
  return [platformName, ...env().reservedNames].find((one) => plainNames(one).some((plain) => runs.has(plain)));
}

/** A whole name in the forms in which look-alikes are equal. */
export const plainNames = (name: string): string[] =>
  readingsOf(name).map((words) => words.join('') || nameSkeleton(name));

/** Each word, and each run of words that follow one another, as one. */
const runsOf = (words: readonly string[]): string[] =>
  words.flatMap((_, start) => words.slice(start).map((_, end) => words.slice(start, start + end + 1).join('')));

/** Signs that are also written in place of a letter. */
const signLetters = new Map(Object.entries({ $: 's', '@': 'a', '|': 'l', '!': 'l' }));

/** The words of a name, once with its signs as letters and once with all signs between words. */
const readingsOf = (name: string): string[][] => [
  wordsOf(name.replace(/[$@|!]/g, (sign) => signLetters.get(sign) ?? sign)),
  wordsOf(name),
];

/** Words in the form in which look-alikes are equal; "PayPal" is also two words, so that "PayPalSupport" is three. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  const words = plain.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').split(/[^\p{L}\p{N}]+/u);
  return words.map((word) => nameSkeleton(word)).filter((word) => word !== '');
}

export const reservedMessage = (reserved: string): string =>
  `“${reserved}” is reserved. Choose a name that cannot be mistaken for it.`;

/** A name as it is stored, by the rule that clients' names follow (M11); throws `invalid_metadata` with every finding. */
export function checkedName(raw: string, field = 'name'): string {
  const issues = refusalsOf(judgeName(raw, { field }));
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  return normaliseName(raw);
}
