import { env } from './env.ts';
import { makeLog } from './log.ts';

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
