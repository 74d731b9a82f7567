import { env } from '../env.ts';
import { nameSkeleton } from './skeleton.ts';

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
