import { bodyBytesMax, hasUnkeepableText, readText } from './body.ts';
import type { Call } from './call.ts';
import { fault } from './problems.ts';

const membersMax = 100;

/** Whether the body says that it is a form. */
export function isForm(call: Call): boolean {
  return /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(call.req.header('content-type')?.trim() ?? '');
}

/**
 * The members of a form-encoded body, each a text. Throws 413 beyond `bytesMax`, and 400 for one that is not UTF-8, names a
 * member twice, or holds what PostgreSQL cannot keep.
 */
export async function readForm(call: Call, bytesMax = bodyBytesMax): Promise<Readonly<Record<string, string>>> {
  const pairs = (await readText(call, bytesMax)).split('&').filter((pair) => pair !== '');
  if (pairs.length > membersMax) throw fault(400, `The form has more than ${membersMax} members.`);
  const members = new Map<string, string>();
  for (const pair of pairs) {
    const [name = '', value = ''] = pair.split(/=(.*)/s).map(decode);
    if (members.has(name)) throw fault(400, `The form names ${JSON.stringify(name.slice(0, 80))} twice.`);
    members.set(name, value);
  }
  const form = Object.fromEntries(members);
  if (hasUnkeepableText(form)) throw fault(400, 'The form holds the character U+0000, which no text may.');
  return form;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw fault(400, 'The form is not valid: "%" begins no character of UTF-8.');
  }
}
