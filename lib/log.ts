export type Log = (line: Record<string, unknown>) => void;

/** Writes lines of JSON on standard output; `errors` keeps only those of level error. */
export function makeLog(which: 'all' | 'errors' | 'none'): Log {
  return (line) => {
    if (which === 'none' || (which === 'errors' && line.level !== 'error')) return;
    process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
}
