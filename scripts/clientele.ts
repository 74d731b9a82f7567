// The operator's command line: `npm run -s clientele -- user create --email … --password …`. It prints one JSON document to standard
// output and messages to standard error. The exit status is 0 on success, 2 on wrong usage, and 1 on any other error.
import './resolve-once.ts';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Loading the sources takes most of a command's time, so the compiled code is cached for the next one.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'clientele'));
const { main } = await import('./clientele/main.ts');
process.exitCode = await main(process.argv.slice(2));
