// Runs one of the project's TypeScript scripts on the pinned Node: `node scripts/run.mjs scripts/x.ts …`.
import { prepare, run } from './prepare.mjs';

process.exit(await run(await prepare(), process.argv.slice(2), { stdio: 'inherit' }));
