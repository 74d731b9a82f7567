import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type Issue, RegistryError } from '#lib/kernel/errors';
import { once } from '#lib/kernel/once';
import { logoIssue } from './rules.ts';

const timeoutMs = 6000;
const waitingMax = 3;

/** Only one drawing at a time in a server process: it uses a whole processor until it ends. */
const queue = () => once('svg-queue', () => ({ waiting: 0, last: Promise.resolve() }));

/**
 * Draws an SVG as a PNG in a child process. A small SVG can need minutes of drawing; that cannot be interrupted inside a process, but a child
 * process can be killed. @throws rate_limited: too many drawings wait; invalid_metadata: the SVG cannot be drawn, or not in time
 */
export async function drawSvg(svg: Uint8Array): Promise<Uint8Array> {
  const state = queue();
  if (state.waiting >= waitingMax)
    throw new RegistryError('rate_limited', 'Too many logos are being drawn at once. Try again in a moment.', {
      retryAfterSeconds: 5,
    });
  state.waiting += 1;
  const drawn = state.last.then(() => drawInChildProcess(svg));
  state.last = drawn.then(
    () => undefined,
    () => undefined,
  );
  return drawn.finally(() => {
    state.waiting -= 1;
  });
}

function drawInChildProcess(svg: Uint8Array): Promise<Uint8Array> {
  // The working folder is the project's. A path relative to this module would be wrong, because Next may bundle the module.
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
    drawing.stdin?.on('error', () => undefined); // the process ended before it read all bytes; the callback gets the reason
    drawing.stdin?.end(svg);
  });
}

const refused: [RegExp, string][] = [
  [/<!ENTITY|<!DOCTYPE[^>]*\[/i, 'declares entities'],
  [/<(?:[\w.-]+:)?(?:script|handler|listener)[\s/>]/i, 'has a script'],
  [/<(?:[\w.-]+:)?(?:image|foreignObject|include|iframe|audio|video)[\s/>]/i, 'embeds something else'],
  [/<\?xml-stylesheet|@import|@font-face/i, 'uses a style sheet or a font of its own'],
  // A reference may only lead to a part of the drawing itself: #name.
  [/(?:href|src)\s*=\s*(?:"\s*[^#"\s]|'\s*[^#'\s])/i, 'refers to something outside'],
  [/url\(\s*(?:"|'|&quot;|&apos;)?\s*[^#"'&\s]/i, 'refers to something outside'],
  // An escaped character could hide any of the above.
  [/&#|\\/, 'has escaped characters'],
];

/** Judges whether an SVG can be drawn: it must be UTF-8 text without scripts and without references to other files. */
export function judgeSvg(bytes: Uint8Array): Issue[] {
  const hint = 'Send it as a PNG instead.';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return [logoIssue('logo.svg', `This SVG is not UTF-8 text. ${hint}`)];
  }
  const encoding = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (encoding && encoding.toLowerCase() !== 'utf-8')
    return [logoIssue('logo.svg', `This SVG is not UTF-8 text. ${hint}`)];
  const reason = refused.find(([pattern]) => pattern.test(text))?.[1];
  return reason ? [logoIssue('logo.svg', `This SVG ${reason}. ${hint}`)] : [];
}
