// `npm run verify`: the fast checks, without a database or a browser.
import { mkdirSync, rmSync } from 'node:fs';
import { withBorders } from './borders.ts';
import { report, runStep, type Step, tool } from './step.ts';

/** The file with the counts of the pure tests, read by `npm test`. */
export const pureResults = 'test-results/lib.json';

const vitest = ['run', '--project=lib', '--reporter=default', '--reporter=json', `--outputFile.json=${pureResults}`];
/** One thread needs half the processor time of four, which each infer the types that they need, and the tests use the other processor. */
const types = tool('typescript/bin/tsc', '--noEmit', '--incremental', 'false', '--singleThreaded');
const steps: Step[] = [
  { name: 'format, lint, borders', command: tool('@biomejs/biome/bin/biome', 'ci', '--reporter=summary', '.') },
  { name: 'dead code and dependencies', command: tool('knip/bin/knip.js') },
  { name: 'package-lock.json is complete', command: [process.execPath, 'scripts/complete-lock.mjs', '--check'] },
  { name: 'size of what serves', command: [process.execPath, 'scripts/serving-size.mjs'] },
];

/** Runs every step, even after a failure, the tests at the same time as the others; returns the counts of passed and failed steps. */
export async function verify(): Promise<{ passed: number; failed: number }> {
  mkdirSync('test-results', { recursive: true });
  const tests = runStep({ name: 'pure tests', command: tool('vitest/vitest.mjs', ...vitest) });
  const results = [checkBorders(), await checkTypes()];
  for (const step of steps) results.push(await runStep(step));
  results.push(await tests);
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

function checkBorders(): boolean {
  const { current, wanted } = withBorders();
  report(current === wanted, 'biome.json has the borders', current === wanted ? '' : 'run node scripts/borders.ts');
  return current === wanted;
}

/** Generates the page types from the routes first: a fresh clone has none, and a dev server may leave old ones. */
async function checkTypes(): Promise<boolean> {
  rmSync('.next/dev/types', { recursive: true, force: true });
  const routes = await runStep({ name: 'types of routes', command: tool('next/dist/bin/next', 'typegen') });
  return routes && runStep({ name: 'types', command: types });
}

if (import.meta.main) {
  const { failed } = await verify();
  process.exit(failed === 0 ? 0 : 1);
}
