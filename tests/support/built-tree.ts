import { spawnSync } from 'node:child_process';

/** Start tests need a build. */
export default function setup() {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the pages do not build');
}
