// The operator's command line: `npm run -s clientele -- user create --email … --password …`. One JSON document on
// standard output, messages on standard error; exit status 0 only when done, 2 when it was typed wrongly.
import './resolve-once.ts';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Reading the sources is most of what a command takes: a second one finds them compiled.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'clientele'));
const { main } = await import('./clientele/main.ts');
process.exitCode = await main(process.argv.slice(2));
