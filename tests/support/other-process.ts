import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import { databaseUrl } from './database.ts';
import { origin } from './listening.ts';

const child = spawn(process.execPath, ['--import', './scripts/resolve-once.ts', 'tests/support/serve-programs.ts'], {
  env: { ...process.env, DATABASE_URL: databaseUrl, APP_URL: origin },
  stdio: ['ignore', 'pipe', 'inherit'],
});
afterAll(async () => {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
});

const lines = createInterface({ input: child.stdout });
/** The origin of a second process of the same installation: it must see what happens in this process. */
export const elsewhere: string = await Promise.race([
  once(lines, 'line').then(([line]) => String(line)),
  once(child, 'exit').then(([code]) => Promise.reject(new Error(`the other process ended with ${code}`))),
]);
