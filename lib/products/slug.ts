import type { Issue } from '../errors.ts';

export const slugLengthMax = 64;

const form = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A slug made from a name: `Crème & Co.` becomes `creme-co`; a name without a Latin letter becomes `product`. */
export function slugFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugLengthMax)
    .replace(/^-+|-+$/g, '');
  if (words === '') return 'product';
  return isOnlyDigits(words) ? `product-${words.slice(0, slugLengthMax - 8)}` : words;
}

/** The same slug with a number behind it, for the second product of that name. */
export function numberedSlug(slug: string, number: number): string {
  const ending = `-${number}`;
  return slug.slice(0, slugLengthMax - ending.length).replace(/-+$/, '') + ending;
}

/** A slug that someone chose. Digits alone would be read as an id. */
export function judgeSlug(slug: string): Issue[] {
  const refuse = (message: string) => [{ field: 'slug', rule: 'slug', message }];
  if (slug.length > slugLengthMax) return refuse(`Shorten it to ${slugLengthMax} characters or fewer.`);
  if (!form.test(slug)) return refuse('Use small letters a–z, digits, and single hyphens between them.');
  return isOnlyDigits(slug) ? refuse('Use at least one letter, so that it cannot be taken for an id.') : [];
}

const isOnlyDigits = (text: string) => /^[0-9]+$/.test(text);
