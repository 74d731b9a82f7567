import { spawnSync } from 'node:child_process';

/** Real starts are timed on a built tree. */
export default function setup() {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the pages do not build');
}
