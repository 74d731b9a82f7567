import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type OwnServer = {
  url: string;
  /** Runs a command of the operator's command line on the same data; returns the JSON that it printed. */
  operate: (...args: string[]) => Promise<Record<string, unknown>>;
  stop: () => Promise<void>;
};

/** Starts a portal with temporary data, which is deleted when it stops. */
export async function startOwnServer(): Promise<OwnServer> {
  const data = mkdtempSync(join(tmpdir(), 'clientele-pictures-'));
  chmodSync(data, 0o755); // PostgreSQL's user must be able to enter the folder, otherwise it stores its data elsewhere
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), CLIENTELE_DATA: data, CLIENTELE_LOG: 'errors' };
  const server = spawn(process.execPath, ['scripts/start.mjs'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => line.startsWith('Clientele is at') && resolve());
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    operate: async (...args) => {
      const command = spawn(process.execPath, ['scripts/clientele.ts', ...args], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const printed = (await command.stdout.toArray()).join('');
      return JSON.parse(printed) as Record<string, unknown>;
    },
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
