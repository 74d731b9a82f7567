import { hasUnstorableText } from '#lib/kernel/values';
import type { Call } from './api.ts';
import { bodyBytesMax, readText } from './body.ts';
import { fault } from './problems.ts';

const membersMax = 100;

/** Whether the body says that it is a form, in UTF-8. */
export function isForm(call: Call): boolean {
  const type = call.req.header('content-type')?.trim() ?? '';
  return /^application\/x-www-form-urlencoded\s*(?:;\s*(?:charset="?utf-?8"?\s*)?)?$/i.test(type);
}

/**
 * The members of a form-encoded body, each a text. Throws 413 beyond `bytesMax`, and 400 for one that is not UTF-8, names a
 * member twice, or holds what PostgreSQL cannot keep.
 */
export const readForm = async (call: Call, bytesMax = bodyBytesMax): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(await readMembers(call, bytesMax));

/**
 * As `readForm`, of a request of OAuth: a parameter without a value counts as left out, and each is sent once (RFC 6749 §3.1), except
 * those named in `several` (RFC 8707 §2).
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
  if (hasUnstorableText(members)) throw fault(400, 'The form holds the character U+0000, which no text may.');
  return members.map(([name = '', value = '']) => [name, value]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw fault(400, 'The form is not valid: "%" begins no character of UTF-8.');
  }
}
