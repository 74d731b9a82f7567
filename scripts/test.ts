// `npm test`: runs every check and test.
import { readFileSync, rmSync } from 'node:fs';
import { provideChromium } from './browser.ts';
import { report, runStep, tool } from './step.ts';
import { pureResults, verify } from './verify.ts';

const began = performance.now();
const results = 'test-results/all.json';
for (const file of [pureResults, results]) rmSync(file, { force: true });
const counts = { passed: 0, failed: 0 };
const add = (passed: number, failed: number) => {
  counts.passed += passed;
  counts.failed += failed;
};
const addStep = (ok: boolean) => add(ok ? 1 : 0, ok ? 0 : 1);

/** Adds vitest's counts; a run that fails without a failed test (a file that does not load) counts as one failure. */
function addTests(file: string, ok: boolean): void {
  const { numPassedTests = 0, numFailedTests = 0 } = readCounts(file);
  add(numPassedTests, numFailedTests === 0 && !ok ? 1 : numFailedTests);
}

function readCounts(file: string): { numPassedTests?: number; numFailedTests?: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

const verified = await verify();
add(verified.passed, verified.failed);
addTests(pureResults, true);
const browser = await provideChromium();
if (!browser) addStep(false);
const built = await runStep({ name: 'build', command: [process.execPath, 'scripts/build.mjs'] });
addStep(built);
if (built) {
  const projects = ['db', 'http', 'start', ...(browser ? ['e2e'] : [])].map((name) => `--project=${name}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const command = tool('vitest/vitest.mjs', 'run', ...projects, ...reporters);
  addTests(results, await runStep({ name: 'tests', command, show: 'always' }));
}
report(counts.failed === 0, 'everything', `${Math.round((performance.now() - began) / 1000)} s`);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(counts.failed === 0 ? 0 : 1);
