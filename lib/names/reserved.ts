import { env } from '../env.ts';
import { nameSkeleton } from './skeleton.ts';

const platformName = 'Clientele';

/**
 * The reserved name that a name contains as whole words, however it is spelled: the platform's own, or one of the operator's list
 * (CLIENTELE_RESERVED_NAMES). Look-alike letters, accents, case, spaces and signs between letters make no difference.
 */
export function reservedNameIn(name: string): string | undefined {
  const words = wordsOf(name);
  const runs = new Set(words.flatMap((_, start) => words.slice(start).map((_, end) => join(words, start, end))));
  return [platformName, ...env().reservedNames].find((reserved) => runs.has(wordsOf(reserved).join('')));
}

const join = (words: readonly string[], start: number, end: number) => words.slice(start, start + end + 1).join('');

/** Words in the form in which look-alikes are equal; "PayPal" is also two words, so that "PayPalSupport" is three. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '');
  const words = plain.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').split(/[^\p{L}\p{N}$@|!]+/u);
  return words.map((word) => nameSkeleton(word)).filter((word) => word !== '');
}

export const reservedMessage = (reserved: string): string =>
  `“${reserved}” is reserved. Choose a name that cannot be mistaken for it.`;
