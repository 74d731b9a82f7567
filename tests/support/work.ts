/** CPU milliseconds that `run` uses in this process. Unlike elapsed time, other processes do not change it. */
export async function workOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
