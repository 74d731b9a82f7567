import { aFolder } from './a-folder.ts';

// Each test file is a process with its own keys.
process.env.CLIENTELE_DATA = aFolder();
