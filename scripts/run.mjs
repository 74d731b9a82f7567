// Runs one of the project's TypeScript scripts on the pinned Node: `node scripts/run.mjs scripts/x.ts …`.
import { spawn } from 'node:child_process';
import { prepare } from './prepare.mjs';

const child = spawn(prepare(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
