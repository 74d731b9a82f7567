import type { Issue } from '#lib/errors';
import { refusal } from './issue.ts';
import { judgeCharacters } from './text.ts';

export const nameLengthMax = 256;

type NameOptions = { field?: string; lengthMin?: number; lengthMax?: number };

/** The name as it is stored and shown: NFC, without the white space around it (rule M11). */
export function normaliseName(name: string): string {
  return name.normalize('NFC').trim();
}

/** Rule M11 on a name as typed: 1–256 code points after NFC and trim, all of them visible and in reading order. */
export function judgeName(raw: string, options: NameOptions = {}): Issue[] {
  const { field = 'name', lengthMin = 1, lengthMax = nameLengthMax } = options;
  const name = normaliseName(raw);
  const length = [...name].length;
  if (length === 0) return [refusal(field, 'M11', 'Enter a name.')];
  if (length < lengthMin) return [refusal(field, 'M11', `Use at least ${lengthMin} characters.`)];
  if (length > lengthMax) return [refusal(field, 'M11', `Shorten it to ${lengthMax} characters or fewer.`)];
  const broken = judgeCharacters(name, field, 'M11');
  if (broken.length > 0) return broken;
  if (hasInvisible(name))
    return [refusal(field, 'M11', 'Remove the invisible character: everyone must see the whole name.')];
  if (/\p{Co}/u.test(name))
    return [refusal(field, 'M11', 'Remove the private-use character: it looks different on each device.')];
  return [];
}

/** Zero-width and blank characters; U+FE0E and U+FE0F only choose how the pictogram before them is drawn. */
function hasInvisible(name: string): boolean {
  const drawn = name.replace(/(\p{Extended_Pictographic})[\ufe0e\ufe0f]/gu, '$1');
  return /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u.test(drawn);
}
