import { splitUri } from './uri.ts';

/** Pairs of characters that people and documents put around a URI: opening and closing. */
const closing = new Map(
  Object.entries({
    '"': '"',
    "'": "'",
    '`': '`',
    '\u201c': '\u201d',
    '\u201e': '\u201c',
    '\u2018': '\u2019',
    '\u00ab': '\u00bb',
    '<': '>',
    '(': ')',
    '[': ']',
    '{': '}',
    '*': '*',
    _: '_',
  }),
);
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\s]+/u;
const outer = new RegExp(`^${invisible.source}|${invisible.source}$`, 'gu');
const lead = /^(?:[-\u2022\u2013*]\s+|\d+[.)]\s+|URL:\s*)/i;
const markdownLink = /^\[[^\]]*\]\((.*)\)$/s;
/** No URI ends with one of these (RFC 3986 §2); "]" only closes an IPv6 address. */
const straySign = /(?:["`<>{}\u201c\u201d\u2018\u2019\u00ab\u00bb]|(?<!\[[^\]]*)\])$/u;

/** Enough for quotation marks inside brackets inside a list item. */
const layersMax = 8;

/** Removes quotation marks, brackets, bullets and invisible characters around a URI. Characters that can belong to the URI stay. */
export function unwrapUri(raw: string): string {
  let text = raw.replaceAll(/[\u200b\u2060\ufeff\u00ad]/g, '');
  for (let layer = 0, before = ''; before !== text && layer < layersMax; layer++) {
    before = text;
    text = text.replace(outer, '').replace(lead, '').replace(markdownLink, '$1');
    const close = splitUri(text) ? undefined : closing.get(text.charAt(0));
    if (close !== undefined && text.length > 1) {
      text = text.slice(1).replace(/[\s,;]+$/, '');
      if (text.endsWith(close)) text = text.slice(0, -1);
    } else if (text.length > 1) text = text.replace(straySign, '');
  }
  return text;
}

const separator = /[\r\n]+|(?<![\s,;|])[\s,;|]+(?=[^\p{L}\p{N}/]{0,4}[A-Za-z][A-Za-z0-9+.-]*:\/)/u;

/** Splits a pasted text into URIs: one per line, or separated by spaces, commas or semicolons. Each is unwrapped. */
export function splitPastedUris(text: string): string[] {
  const parts = text.split(separator).filter((part) => /\p{L}/u.test(part));
  return parts.map((part) => unwrapUri(parts.length > 1 ? part.replace(/[\s,;)]+$/, '') : part));
}

/** Returns a second `scheme://…` inside a URI: two URIs pasted as one, or the parameter of an open redirector. */
export function secondUriIn(raw: string): string | undefined {
  const start = /^[A-Za-z][A-Za-z0-9+.-]*:\/*/.exec(raw)?.[0].length ?? 0;
  return /(?:https?|[A-Za-z][A-Za-z0-9+.-]*):\/\/.*$/s.exec(raw.slice(start))?.[0];
}
