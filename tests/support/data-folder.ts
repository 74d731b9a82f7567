import { aFolder } from './a-folder.ts';

// Each test file is a process with keys of its own.
process.env.CLIENTELE_DATA = aFolder();
