import { type Issue, RegistryError } from '#lib/kernel/errors';
import { hasUnstorableText } from '#lib/kernel/values';
import type { Call } from './api.ts';
import { fault } from './problems.ts';

export const bodyBytesMax = 1024 * 1024;
const depthMax = 32;
/** How much of a body that is too large is still read and discarded. A caller reads the 413 only when it has sent its body. */
const discardedBytesMax = 16 * 1024 * 1024;

/**
 * The parsed JSON of the request's body.
 * @throws 413: larger than `bytesMax`; 415: another content type; 400: not UTF-8, not JSON, a key twice in one object, nested too deeply,
 * or a character that PostgreSQL cannot store
 */
export async function readJson(call: Call, bytesMax = bodyBytesMax): Promise<unknown> {
  requireJson(call.req.header('content-type'));
  const text = await readText(call, bytesMax);
  const flaw = judgeJsonStructure(text, depthMax);
  if (flaw) throw fault(400, flaw);
  const body = parse(text);
  if (hasUnstorableText(body))
    throw fault(400, 'The body contains the character U+0000 or an unpaired surrogate. Remove it.');
  return body;
}

/** As `readJson`, for a JSON object. @throws 400: the body is another JSON value */
export async function readJsonObject(call: Call, bytesMax = bodyBytesMax): Promise<object> {
  const body = await readJson(call, bytesMax);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw fault(400, 'The body must be a JSON object.');
  return body;
}

/** The bytes of a body whose content type matches `contentType`. @throws 413: larger than `bytesMax`; 415: another content type */
export async function readBytesOf(call: Call, contentType: RegExp, bytesMax: number): Promise<Uint8Array> {
  if (!contentType.test((call.req.header('content-type') ?? '').toLowerCase()))
    throw fault(415, 'Send the file itself, with its own content type.');
  return readBytes(call, bytesMax);
}

function requireJson(contentType = '') {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const isJson = /^application\/(?:json|[\w.+-]+\+json)$/.test(type.trim());
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  if (!isJson || (charset && !/^charset="?utf-?8"?$/.test(charset)))
    throw fault(415, 'Send the body as application/json in UTF-8.');
}

/** The body as text. @throws 413: larger than `bytesMax`; 400: not UTF-8; 415: compressed */
export async function readText(call: Call, bytesMax: number): Promise<string> {
  return decode(await readBytes(call, bytesMax));
}

async function readBytes(call: Call, bytesMax: number): Promise<Uint8Array> {
  if (!/^(?:identity)?$/i.test(call.req.header('content-encoding') ?? ''))
    throw fault(415, 'Send the body as it is, not compressed.', { 'accept-encoding': 'identity' });
  const tooLarge = () => fault(413, `The body is larger than ${bytesMax} bytes.`, { connection: 'close' });
  if (Number(call.req.header('content-length') ?? 0) > bytesMax) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of call.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size <= bytesMax) chunks.push(chunk);
    else if (size > bytesMax + discardedBytesMax) throw tooLarge();
  }
  const read = Buffer.concat(chunks);
  call.set('sent', read);
  if (size > bytesMax) throw tooLarge();
  return read;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fault(400, 'The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault(400, text.trim() === '' ? 'The body is empty; send a JSON object.' : 'The body is not valid JSON.');
  }
}

/** Throws the issues that a dialect found, as one error. @throws invalid_metadata: there is an issue */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new RegistryError('invalid_metadata', 'Validation failed', { issues });
}

/**
 * Finds two faults that JSON.parse accepts: a key that is in one object twice (programs differ in which value they take), and nesting deeper
 * than `depthMax`. Returns a sentence, or undefined if there is neither. The text need not be valid JSON.
 */
export function judgeJsonStructure(text: string, depthMax: number): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : undefined);
      if (open.length > depthMax) return `The body is nested deeper than ${depthMax} levels.`;
    } else if (sign === '}' || sign === ']') {
      open.pop();
    } else if (sign === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const key = text.slice(at, end + 1);
        const name = key.includes('\\') ? unescaped(key) : key;
        if (keys.has(name)) return `The body names ${key.slice(0, 80)} twice.`;
        keys.add(name);
      }
      at = end;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (' \t\r\n'.includes(text[next] ?? '.')) next++;
  return text[next] === ':';
}

function unescaped(key: string): string {
  try {
    return JSON.stringify(JSON.parse(key));
  } catch {
    return key;
  }
}
