import { execFile } from 'node:child_process';
import { databaseUrl } from './database.ts';

type Outcome = { status: number; json: Record<string, unknown>; stdout: string; stderr: string };

/** Runs a command and returns the JSON document that it prints. */
export function clientele(args: string[], environment: Record<string, string | undefined> = {}): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, ...environment };
  return new Promise((resolve) =>
    execFile(process.execPath, ['scripts/clientele.ts', ...args], { env }, (error, stdout, stderr) => {
      const status = error ? Number(error.code ?? 1) : 0;
      resolve({ status, stdout, stderr, json: stdout ? JSON.parse(stdout) : {} });
    }),
  );
}
