import { stripVTControlCharacters } from 'node:util';
import { type Log, makeLog } from '#lib/kernel/log';
import { currentRequestId } from '#lib/portal/page-status';

type Write = NodeJS.WriteStream['write'];

/**
 * Turns everything that this process writes to standard output and error, libraries included, into one line of JSON per record. Returns a
 * function that writes plain text, for people at a terminal.
 */
export function recordOutput(which: Parameters<typeof makeLog>[0]) {
  const streams: NodeJS.WriteStream[] = [process.stdout, process.stderr];
  const plain = new Map(streams.map((stream) => [stream, stream.write.bind(stream) as Write]));
  let warns = false;
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    warns = true;
    warn(...said);
    warns = false;
  };
  for (const [stream, write] of plain) {
    const log = makeLog(which, write);
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const text = stripVTControlCharacters(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()).trim();
      const level = warns ? 'warn' : stream === process.stderr ? 'error' : 'info';
      const requestId = currentRequestId();
      if (isRecord(text)) write(`${text}\n`);
      else if (text !== '') log({ level, ...(requestId && { requestId }), message: text });
      const done = rest.find((one) => typeof one === 'function');
      if (done) process.nextTick(done);
      return true;
    };
  }
  return (text: string, stream: NodeJS.WriteStream = process.stdout): void => void plain.get(stream)?.(text);
}

function isRecord(text: string): boolean {
  try {
    return text.startsWith('{') && !text.includes('\n') && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** What Node would write in its own way: warnings, and errors that nobody caught, of which an uncaught exception ends the process. */
export function logWhatHappens(log: Log, stop: () => unknown): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log({ level: 'warn', warning: name, message }));
  const failed = (error: unknown) =>
    log({ level: 'error', error: error instanceof Error ? error.stack : String(error) });
  process.on('unhandledRejection', failed);
  process.on('uncaughtException', (error) => {
    failed(error);
    stop();
  });
}
