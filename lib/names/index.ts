import unhomoglyph from 'unhomoglyph';
import { judgeName, normaliseName, refusalsOf } from '#lib/clients/rules';
import { env } from '#lib/kernel/env';
import { RegistryError } from '#lib/kernel/errors';
import { normalized } from '#lib/kernel/values';

/**
 * The skeleton of a name: names that look alike have the same skeleton (UTS 39 confusables, without letter case and white space; rule M11). It
 * is only compared, never shown. Use it only on the server, because its table is large.
 */
export function nameSkeleton(name: string): string {
  let skeleton = name;
  // A replacement may itself have a replacement ("%" takes three passes).
  for (let pass = 0; pass < 8; pass++) {
    const plainer = withoutLookAlikes(skeleton);
    if (plainer === skeleton) break;
    skeleton = plainer;
  }
  return skeleton;
}

function withoutLookAlikes(text: string): string {
  const visible = normalized(text, 'NFKD').replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, '');
  // The table replaces I by l, but lower case makes it i. Replacing i by l gives the same skeleton for I, i and l.
  return normalized(unhomoglyph(visible).toLowerCase().replaceAll('i', 'l'), 'NFKD');
}

const platformName = 'Clientele';

/**
 * The reserved name that a name contains as whole words: the platform's own, or one of CLIENTELE_RESERVED_NAMES. Look-alike letters, accents,
 * case, spaces and signs between letters make no difference.
 */
export function reservedNameIn(name: string): string | undefined {
  const readings = readingsOf(name);
  const isIn = (plain: string) => readings.some((words) => hasRun(words, plain));
  return [platformName, ...env().reservedNames].find((one) => plainNames(one).some(isIn));
}

/** The skeletons of a whole name, without spaces: one for each way to read its signs. */
export const plainNames = (name: string): string[] =>
  readingsOf(name).map((words) => words.join('') || nameSkeleton(name));

/** Whether a word, or a sequence of consecutive words written as one, equals `plain`. */
function hasRun(words: readonly string[], plain: string): boolean {
  return words.some((_, start) => {
    let length = 0;
    for (let at = start; length < plain.length; at++) {
      const word = words[at];
      if (word === undefined || !plain.startsWith(word, length)) return false;
      length += word.length;
    }
    return length > 0 && length === plain.length;
  });
}

/** Signs that people write instead of a letter. */
const signLetters = new Map(Object.entries({ $: 's', '@': 'a', '|': 'l', '!': 'l' }));

/** The words of a name, read in two ways: signs as letters, and signs as separators of words. */
const readingsOf = (name: string): string[][] => [
  wordsOf(name.replace(/[$@|!]/g, (sign) => signLetters.get(sign) ?? sign)),
  wordsOf(name),
];

/** The skeletons of the words of a name. A capital letter after a small one begins a word: "PayPalSupport" has three. */
function wordsOf(name: string): string[] {
  const plain = normalized(name, 'NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  const words = plain.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').split(/[^\p{L}\p{N}]+/u);
  return words.map((word) => nameSkeleton(word)).filter((word) => word !== '');
}

export const reservedMessage = (reserved: string): string =>
  `“${reserved}” is reserved. Choose a name that cannot be mistaken for it.`;

/** Checks a name by the rule for clients' names (M11) and returns it as it is stored. @throws invalid_metadata: with every issue */
export function checkedName(raw: string, field = 'name'): string {
  const issues = refusalsOf(judgeName(raw, { field }));
  const [first] = issues;
  if (first) throw new RegistryError('invalid_metadata', first.message, { issues });
  return normaliseName(raw);
}
