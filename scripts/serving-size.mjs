// Says how much disk the packages of `npm start` take, and fails when that is more than an operator should have to spare.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sizeMax = 760; // MB

/** The space that a folder takes on disk in bytes; packages nested in it are counted by themselves. */
function sizeOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return sum;
    return sum + (entry.isDirectory() ? sizeOf(path) : (statSync(path).blocks ?? statSync(path).size / 512) * 512);
  }, 0);
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const folders = Object.keys(packages).filter((path) => path && !packages[path].dev && existsSync(path));
const size = Math.round(folders.reduce((sum, path) => sum + sizeOf(path), 0) / 2 ** 20);
console.log(`${size} MB in ${folders.length} packages, ${sizeMax} at most`);
process.exit(size > sizeMax ? 1 : 0);
