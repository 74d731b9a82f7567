import { env } from './env.ts';

export type Log = (line: Record<string, unknown>) => void;

/** Returns a log that writes JSON lines to standard output, or to `write`. `errors`: only lines of level `error`. */
export function createLog(
  which: 'all' | 'errors' | 'none',
  write: (line: string) => unknown = (line) => process.stdout.write(line),
): Log {
  return (line) => {
    if (which === 'none' || (which === 'errors' && line.level !== 'error')) return;
    write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
}

/** Writes an unexpected error and its causes to the log as one JSON line, without the parameters of failed queries. */
export function reportError(requestId: string, error: unknown): void {
  const chain: object[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(describeError(at));
  createLog(env().log)({ level: 'error', requestId, error: chain });
}

function describeError(error: Error): object {
  const { name, stack = '' } = error;
  // Drizzle's message ends with the parameters, and the stack repeats the message.
  const query = 'query' in error && 'params' in error ? { message: 'Failed query', query: error.query } : undefined;
  const code = 'code' in error ? { code: error.code } : undefined;
  const frames = stack.split('\n').filter((frame) => /^\s+at /.test(frame));
  return { name, message: error.message, ...code, ...query, frames: frames.slice(0, 8).map((frame) => frame.trim()) };
}
