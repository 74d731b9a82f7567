// The operator's command line: `npm run -s clientele -- user create --email … --password …`. One JSON document on
// standard output, messages on standard error; exit status 0 on success, 2 on wrong usage.
import './resolve-once.ts';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Loading the sources takes most of a command's time, so the compiled code is cached for the next one.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'clientele'));
const { main } = await import('./clientele/main.ts');
process.exitCode = await main(process.argv.slice(2));
