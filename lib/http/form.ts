import { hasUnstorableText } from '#lib/kernel/values';
import type { Call } from './api.ts';
import { bodyBytesMax, readText } from './body.ts';
import { fault } from './problems.ts';

const membersMax = 100;

/** Whether the content type is a URL-encoded form in UTF-8. */
export function isForm(call: Call): boolean {
  const type = call.req.header('content-type')?.trim() ?? '';
  return /^application\/x-www-form-urlencoded\s*(?:;\s*(?:charset="?utf-?8"?\s*)?)?$/i.test(type);
}

/**
 * The members of a form-encoded body.
 * @throws 413: larger than `bytesMax`; 400: not UTF-8, a member twice, or a character that PostgreSQL cannot store
 */
export const readForm = async (call: Call, bytesMax = bodyBytesMax): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(await readMembers(call, bytesMax));

/**
 * As `readForm`, for an OAuth request: a parameter without a value counts as omitted (RFC 6749 §3.1). Only the parameters in `several` may
 * be sent more than once (RFC 8707 §2).
 */
export const readParameters = async (call: Call, bytesMax: number, several = ['resource']): Promise<URLSearchParams> =>
  new URLSearchParams((await readMembers(call, bytesMax, several)).filter(([, value]) => value !== ''));

async function readMembers(call: Call, bytesMax: number, several: readonly string[] = []): Promise<string[][]> {
  const pairs = (await readText(call, bytesMax)).split('&').filter((pair) => pair !== '');
  if (pairs.length > membersMax) throw fault(400, `The form has more than ${membersMax} members.`);
  const members = pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(decode));
  const names = new Set<string>();
  for (const [name = ''] of members) {
    if (names.has(name) && !several.includes(name))
      throw fault(400, `The form names ${JSON.stringify(name.slice(0, 80))} twice.`);
    names.add(name);
  }
  if (hasUnstorableText(members)) throw fault(400, 'The form contains the character U+0000. Remove it.');
  return members.map(([name = '', value = '']) => [name, value]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw fault(400, 'The form is not valid: a "%" does not begin a UTF-8 character.');
  }
}
