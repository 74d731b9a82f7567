// Runs one of the project's TypeScript scripts on the pinned Node: `node scripts/run.mjs [--all-packages] scripts/x.ts …`.
import { prepare, run } from './prepare.mjs';

const words = process.argv.slice(2);
const all = words[0] === '--all-packages';
process.exit(await run(await prepare(all ? 'all' : 'serving'), words.slice(all ? 1 : 0), { stdio: 'inherit' }));
