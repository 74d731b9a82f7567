// `npm start`: packages, build, server. `--dev` serves with reload instead of a build.
import { build } from './build.mjs';
import { prepare, run } from './prepare.mjs';

const node = await prepare('serving');
const dev = process.argv.includes('--dev');
if (!dev) await build(node);
// The library that signs people in upstream (next-auth's openid-client) calls url.parse(): nobody who starts us can do anything about that.
const quiet = '--disable-warning=DEP0169';
const watch = dev ? ['--watch', '--watch-preserve-output'] : [];
// The channel tells the server that we are gone, should anybody kill us without a word.
const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
process.exit(
  await run(node, [...watch, quiet, '--import', './scripts/resolve-once.ts', 'server.ts', ...process.argv.slice(2)], {
    stdio,
  }),
);
