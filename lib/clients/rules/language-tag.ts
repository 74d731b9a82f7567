import type { Issue } from '#lib/kernel/errors';
import type { LocalizedTexts } from '../client.ts';
import { finding, refusal } from './issue.ts';

export const languageMax = 50;

// RFC 5646 §2.1: language[-script][-region][-variant…][-extension…][-private], or private use alone.
const language = '(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})';
const variants = '(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*';
const extensions = '(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*';
const privateUse = 'x(?:-[a-z0-9]{1,8})+';
const wellFormed = new RegExp(
  `^(?:${language}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?${variants}${extensions}(?:-${privateUse})?|${privateUse})$`,
  'i',
);

/** Whether a text is a well-formed BCP 47 language tag. */
export function isLanguageTag(tag: string): boolean {
  return tag.length <= 64 && wellFormed.test(tag);
}

/** Returns the form of a tag for comparisons: letter case has no meaning (RFC 5646 §2.1.1). */
export function languageKey(tag: string): string {
  return tag.toLowerCase();
}

/** Rule M12: well-formed tags, no duplicates (ignoring case), and an untagged value for each tagged one. The texts are checked elsewhere. */
export function judgeLanguages(
  localized: Readonly<Record<string, LocalizedTexts>>,
  untagged: { [Member in keyof LocalizedTexts]?: string | null },
): Issue[] {
  const tags = Object.keys(localized);
  if (tags.length > languageMax) return [refusal('localized', 'M12', `Use at most ${languageMax} languages.`)];
  return tags.flatMap((tag, index) => {
    const field = `localized.${tag}`;
    if (!isLanguageTag(tag)) return [refusal(field, 'M12', 'Use a language tag such as it, pl or pt-BR.')];
    if (tags.findIndex((other) => languageKey(other) === languageKey(tag)) < index) {
      return [refusal(field, 'M12', 'Remove it: the same language is there in another spelling.')];
    }
    const members = Object.keys(localized[tag] ?? {}) as (keyof LocalizedTexts)[];
    const alone = members.filter((member) => !untagged[member]);
    return alone.map((member) => finding(`${field}.${member}`, 'M12', 'Give a value without a language as well.'));
  });
}
