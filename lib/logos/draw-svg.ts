import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { RegistryError } from '../errors.ts';
import { once } from '../once.ts';
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
