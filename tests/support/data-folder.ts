import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Each test file is a process with keys of its own.
process.env.CLIENTELE_DATA = mkdtempSync(join(tmpdir(), 'clientele-test-'));
