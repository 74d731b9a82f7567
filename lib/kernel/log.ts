import { env } from './env.ts';

export type Log = (line: Record<string, unknown>) => void;

/** Writes lines of JSON on standard output, or by `write`; `errors` keeps only those of level error. */
export function makeLog(
  which: 'all' | 'errors' | 'none',
  write: (line: string) => unknown = (line) => process.stdout.write(line),
): Log {
  return (line) => {
    if (which === 'none' || (which === 'errors' && line.level !== 'error')) return;
    write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
}

/** Writes an error that nobody foresaw to the log: one JSON line, without the values that a failed query carried. */
export function reportError(requestId: string, error: unknown): void {
  const chain: object[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(outline(at));
  makeLog(env().log)({ level: 'error', requestId, error: chain });
}

function outline(error: Error): object {
  const { name, stack = '' } = error;
  // Drizzle's message ends with the parameters, and the stack repeats the message.
  const asked = 'query' in error && 'params' in error ? { message: 'Failed query', query: error.query } : undefined;
  const code = 'code' in error ? { code: error.code } : undefined;
  const frames = stack.split('\n').filter((frame) => /^\s+at /.test(frame));
  return { name, message: error.message, ...code, ...asked, frames: frames.slice(0, 8).map((frame) => frame.trim()) };
}
