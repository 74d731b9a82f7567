// `npm start`: packages, build, server. `--dev` serves with reload instead of a build.
import { build } from './build.mjs';
import { prepare, run } from './prepare.mjs';

const node = await prepare();
const dev = process.argv.includes('--dev');
if (!dev) await build(node);
const watch = dev ? ['--watch', '--watch-preserve-output'] : [];
// The channel tells the server that we are gone, should anybody kill us without a word.
const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
process.exit(
  await run(node, [...watch, '--import', './scripts/resolve-once.ts', 'server.ts', ...process.argv.slice(2)], {
    stdio,
  }),
);
