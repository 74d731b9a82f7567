const literals = ['127.0.0.1', '[::1]', 'localhost'];

/** The three spellings of this machine that a redirect URI may use, in any letter case (rules R7, R8). */
export function isLoopbackHost(host: string): boolean {
  return literals.includes(host.toLowerCase());
}

/** Spelled otherwise but reaching this machine all the same: `127.1`, `0x7f.1`, `localhost.`, `[::ffff:127.0.0.1]`, `0.0.0.0` (rule R11). */
export function isDisguisedLoopback(host: string): boolean {
  if (isLoopbackHost(host)) return false;
  const name = host.toLowerCase().replace(/\.+$/, '');
  if (/(?:^|\.)localhost$/.test(name) || /^(?:localhost\.localdomain|ip6-localhost|ip6-loopback)$/.test(name))
    return true;
  const address = addressOf(host);
  return (
    /^(?:127|0)\.\d+\.\d+\.\d+$/.test(address) || /^\[::(?:1|(?:ffff:)?(?:7f[0-9a-f]{2}|0):[0-9a-f]+)?\]$/.test(address)
  );
}

/** The address as browsers read it, `''` when they read none. */
function addressOf(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return '';
  }
}
