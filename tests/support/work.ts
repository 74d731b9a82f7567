/** CPU milliseconds that `run` costs this process: unlike time by the clock, other processes do not lengthen it. */
export async function workOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
