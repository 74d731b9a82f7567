import type { Issue } from '#lib/kernel/errors';

export const logoBytesMax = 1024 * 1024;
/** The longer side of a logo in pixels, as sent and as stored. */
export const logoSideMax = 4096;
export const keptSideMax = 256;

/** For the `accept` attribute of a file field. */
export const logoMediaTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml'] as const;

export type LogoKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';

const starts: [LogoKind, (text: string) => boolean][] = [
  ['png', (text) => text.startsWith('\x89PNG\r\n\x1a\n')],
  ['jpeg', (text) => text.startsWith('\xff\xd8\xff')],
  ['gif', (text) => /^GIF8[79]a/.test(text)],
  ['webp', (text) => text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP'],
  // A byte order mark, the XML declaration, comments and a document type may come before <svg.
  [
    'svg',
    (text) =>
      /^(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE svg[^>[]*>)\s*)*<svg[\s>]/.test(
        text,
      ),
  ],
];

/** The kind of an image by its first bytes, whatever its name or content type; undefined if the kind is not accepted. */
export function kindOfLogo(bytes: Uint8Array): LogoKind | undefined {
  const start = Array.from(bytes.subarray(0, 4096), (byte) => String.fromCharCode(byte)).join('');
  return starts.find(([, isStart]) => isStart(start))?.[0];
}

export const logoIssue = (rule: string, message: string): Issue => ({ field: 'logo', rule, message });
