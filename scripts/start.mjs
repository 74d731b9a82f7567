// `npm start`: packages, build, server. `--dev` serves with reload instead of a build.
import { build } from './build.mjs';
import { prepare, run } from './prepare.mjs';

const node = await prepare('serving');
const dev = process.argv.includes('--dev');
if (!dev) await build(node);
// next-auth's openid-client calls url.parse(). The operator cannot change that, so the deprecation warning is off.
const quiet = '--disable-warning=DEP0169';
const watch = dev ? ['--watch', '--watch-preserve-output'] : [];
// The IPC channel tells the server when this process was killed.
const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
process.exit(
  await run(node, [...watch, quiet, '--import', './scripts/resolve-once.ts', 'server.ts', ...process.argv.slice(2)], {
    stdio,
  }),
);
