import { stripVTControlCharacters } from 'node:util';
import { createLog, type Log } from '#lib/kernel/log';
import { currentRequestId } from '#lib/portal/page-status';

type Write = NodeJS.WriteStream['write'];

/**
 * From now on, all that this process and its libraries write to standard output and standard error becomes log lines in JSON. Returns a
 * function that still writes plain text, for people at a terminal.
 */
export function logOutput(which: Parameters<typeof createLog>[0]) {
  const streams: NodeJS.WriteStream[] = [process.stdout, process.stderr];
  const plain = new Map(streams.map((stream) => [stream, stream.write.bind(stream) as Write]));
  let warns = false;
  const { warn } = console;
  console.warn = (...values: unknown[]) => {
    warns = true;
    warn(...values);
    warns = false;
  };
  for (const [stream, write] of plain) {
    const log = createLog(which, write);
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const text = stripVTControlCharacters(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()).trim();
      const level = warns ? 'warn' : stream === process.stderr ? 'error' : 'info';
      const requestId = currentRequestId();
      if (isLogLine(text)) write(`${text}\n`);
      else if (text !== '') log({ level, ...(requestId && { requestId }), message: text });
      const done = rest.find((one) => typeof one === 'function');
      if (done) process.nextTick(done);
      return true;
    };
  }
  return (text: string, stream: NodeJS.WriteStream = process.stdout): void => void plain.get(stream)?.(text);
}

function isLogLine(text: string): boolean {
  try {
    return text.startsWith('{') && !text.includes('\n') && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Logs Node's warnings, unhandled rejections and uncaught exceptions. After an uncaught exception it calls `stop`. */
export function logProcessEvents(log: Log, stop: () => unknown): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log({ level: 'warn', warning: name, message }));
  const logError = (error: unknown) =>
    log({ level: 'error', error: error instanceof Error ? error.stack : String(error) });
  process.on('unhandledRejection', logError);
  process.on('uncaughtException', (error) => {
    logError(error);
    stop();
  });
}
