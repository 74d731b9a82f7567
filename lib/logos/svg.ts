import type { Issue } from '../errors.ts';
import { logoIssue } from './rules.ts';

const refused: [RegExp, string][] = [
  [/<!ENTITY|<!DOCTYPE[^>]*\[/i, 'declares entities'],
  [/<(?:[\w.-]+:)?(?:script|handler|listener)[\s/>]/i, 'has a script'],
  [/<(?:[\w.-]+:)?(?:image|foreignObject|include|iframe|audio|video)[\s/>]/i, 'embeds something else'],
  [/<\?xml-stylesheet|@import|@font-face/i, 'uses a style sheet or a font of its own'],
  // Only what the drawing itself defines: #name.
  [/(?:href|src)\s*=\s*(?:"\s*[^#"\s]|'\s*[^#'\s])/i, 'refers to something outside'],
  [/url\(\s*(?:"|'|&quot;|&apos;)?\s*[^#"'&\s]/i, 'refers to something outside'],
  // Either could spell any of the above.
  [/&#|\\/, 'has escaped characters'],
];

/** What stands in the way of drawing an SVG: it must be UTF-8 text that needs nothing but itself. */
export function judgeSvg(bytes: Uint8Array): Issue[] {
  const hint = 'Send it as a PNG instead.';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return [logoIssue('logo.svg', `This SVG is no UTF-8 text. ${hint}`)];
  }
  const encoding = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (encoding && encoding.toLowerCase() !== 'utf-8')
    return [logoIssue('logo.svg', `This SVG is no UTF-8 text. ${hint}`)];
  const reason = refused.find(([pattern]) => pattern.test(text))?.[1];
  return reason ? [logoIssue('logo.svg', `This SVG ${reason}. ${hint}`)] : [];
}
