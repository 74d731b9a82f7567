import { spawn } from 'node:child_process';

export type Step = {
  name: string;
  command: readonly [file: string, ...args: string[]];
  show?: 'always' | 'on failure';
};

/** Runs a step with the pinned Node in PATH and prints its result in one line, with its output if it failed. */
export async function runStep({ name, command: [file, ...args], show = 'on failure' }: Step): Promise<boolean> {
  const began = performance.now();
  const child = spawn(file, args, {
    env: { ...process.env, NO_COLOR: show === 'always' ? process.env.NO_COLOR : '1' },
    stdio: ['ignore', show === 'always' ? 'inherit' : 'pipe', show === 'always' ? 'inherit' : 'pipe'],
  });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      printed.push(Buffer.from(error.message));
      resolve(1);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  report(code === 0, name, `${seconds} s`);
  if (code !== 0) process.stdout.write(Buffer.concat(printed));
  return code === 0;
}

export function report(ok: boolean, name: string, detail: string): void {
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(34)} ${detail}\n`);
}

/** The command of a tool in node_modules, run by the current Node. */
export const tool = (path: string, ...args: string[]): Step['command'] => [
  process.execPath,
  `node_modules/${path}`,
  ...args,
];
