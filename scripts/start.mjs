// `npm start`: packages, build, server. `--dev` serves with reload instead of a build.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

process.chdir(root);
const node = prepare();

/** Of names and contents, so that neither a checkout's clock nor a touched file decides. */
function sourcesHash() {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    const files = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort())
      hash.update(file).update(readFileSync(file));
  };
  for (const folder of ['app', 'components', 'lib', 'db', 'public']) add(folder);
  for (const file of ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

if (!process.argv.includes('--dev')) {
  const built = '.next/sources';
  const sources = sourcesHash();
  if (!existsSync('.next/BUILD_ID') || !existsSync(built) || readFileSync(built, 'utf8') !== sources) {
    console.error('Building …');
    const { status } = spawnSync(node, ['node_modules/next/dist/bin/next', 'build'], { stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
    writeFileSync(built, sources);
  }
}

const child = spawn(node, ['server.ts', ...process.argv.slice(2)], { stdio: 'inherit' });
// A terminal's Ctrl-C reaches the child by itself and npm forwards it too: the server takes the first and ignores the rest.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
