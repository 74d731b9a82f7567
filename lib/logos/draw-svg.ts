import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { logoIssue } from './rules.ts';

const timeoutMs = 6000;
const waitingMax = 3;

/** One at a time in a process: drawing costs a processor for as long as it is let. */
const queue = () => once('svg-queue', () => ({ waiting: 0, last: Promise.resolve() }));

/**
 * Draws an SVG as a PNG in a process of its own. A few kilobytes of SVG can ask for minutes of drawing that nothing inside
 * a process can interrupt; a process can be killed.
 */
export async function drawSvg(svg: Uint8Array): Promise<Uint8Array> {
  const line = queue();
  if (line.waiting >= waitingMax)
    throw new RegistryError('rate_limited', 'Too many logos are being drawn at once. Try again in a moment.', {
      retryAfterSeconds: 5,
    });
  line.waiting += 1;
  const drawn = line.last.then(() => drawApart(svg));
  line.last = drawn.then(
    () => undefined,
    () => undefined,
  );
  return drawn.finally(() => {
    line.waiting -= 1;
  });
}

function drawApart(svg: Uint8Array): Promise<Uint8Array> {
  // The server's folder is the project's: this module may run from a bundle, which knows no files beside it.
  const program = join(process.cwd(), 'lib', 'logos', 'svg-process.ts');
  return new Promise((resolve, reject) => {
    const drawing = execFile(
      process.execPath,
      [program],
      {
        encoding: 'buffer',
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 4 * 1024 * 1024,
        env: { NODE_ENV: 'production' },
      },
      (error, png) => {
        if (!error) return resolve(png);
        const message = error.killed
          ? 'This SVG is too much work to draw. Send it as a PNG instead.'
          : 'This SVG could not be drawn. Send it as a PNG instead.';
        reject(
          new RegistryError('invalid_metadata', message, { issues: [logoIssue('logo.svg', message)], cause: error }),
        );
      },
    );
    drawing.stdin?.on('error', () => undefined); // it ended before it read everything; the exit says why
    drawing.stdin?.end(svg);
  });
}

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
