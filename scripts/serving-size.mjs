// Prints the disk space of the packages that `npm start` installs; fails if it is over the limit.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sizeMax = 760; // MB

/** The disk space of a folder in bytes; nested packages are counted separately. */
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
