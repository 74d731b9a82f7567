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
