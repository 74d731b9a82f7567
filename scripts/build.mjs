// Builds the pages if their sources have changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from './prepare.mjs';

const folders = ['app', 'components', 'lib', 'db', 'public'];
const files = ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** Hashes names and contents, so that timestamps have no effect. */
function hashSources() {
  const hash = createHash('sha256');
  const inFolders = folders.flatMap((folder) => {
    const path = join(root, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  });
  for (const file of [...inFolders.sort(), ...files.map((name) => join(root, name))])
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Resolves when `.next` matches the sources; exits the process if the build fails. */
export async function build(node) {
  const stamp = join(root, '.next', 'sources');
  const sources = hashSources();
  if (existsSync(join(root, '.next', 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources)
    return;
  console.error('Building …');
  rmSync(stamp, { force: true });
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const code = await run(node, ['node_modules/next/dist/bin/next', 'build'], { stdio: ['ignore', 2, 2], env });
  if (code !== 0) process.exit(code);
  writeFileSync(stamp, sources);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(process.execPath);
