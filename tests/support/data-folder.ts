import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Each test file is a process with keys of its own.
const folder = mkdtempSync(join(tmpdir(), 'clientele-test-'));
process.env.CLIENTELE_DATA = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
