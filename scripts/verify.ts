// `npm run verify`: what can be checked in seconds, without a database or a browser.
import { mkdirSync, rmSync } from 'node:fs';
import { withBorders } from './borders.ts';
import { report, runStep, type Step, tool } from './step.ts';

/** Where the counts of the pure tests are left for `npm test`. */
export const pureResults = 'test-results/lib.json';

const vitest = ['run', '--project=lib', '--reporter=default', '--reporter=json', `--outputFile.json=${pureResults}`];
const steps: Step[] = [
  { name: 'format, lint, borders', command: tool('@biomejs/biome/bin/biome', 'ci', '--reporter=summary', '.') },
  { name: 'dead code and dependencies', command: tool('knip/bin/knip.js') },
  { name: 'package-lock.json is complete', command: [process.execPath, 'scripts/complete-lock.mjs', '--check'] },
  { name: 'size of what serves', command: [process.execPath, 'scripts/serving-size.mjs'] },
  { name: 'pure tests', command: tool('vitest/vitest.mjs', ...vitest) },
];

/** Runs every step, also after one has failed; answers how many passed and failed. */
export async function verify(): Promise<{ passed: number; failed: number }> {
  mkdirSync('test-results', { recursive: true });
  const results = [checkBorders(), await checkTypes()];
  for (const step of steps) results.push(await runStep(step));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

function checkBorders(): boolean {
  const { current, wanted } = withBorders();
  report(current === wanted, 'biome.json has the borders', current === wanted ? '' : 'run node scripts/borders.ts');
  return current === wanted;
}

/** Pages' types come from their routes: without these first, a fresh clone has errors, and with a dev server's old ones too. */
async function checkTypes(): Promise<boolean> {
  rmSync('.next/dev/types', { recursive: true, force: true });
  const routes = await runStep({ name: 'types of routes', command: tool('next/dist/bin/next', 'typegen') });
  return (
    routes && runStep({ name: 'types', command: tool('typescript/bin/tsc', '--noEmit', '--incremental', 'false') })
  );
}

if (import.meta.main) {
  const { failed } = await verify();
  process.exit(failed === 0 ? 0 : 1);
}
