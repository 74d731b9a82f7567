const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address that a page may link to, and the host to show with it; undefined for everything else. Whatever the rule book
 * let in, nothing but https (http on this machine, of apps in development) ever becomes an href.
 */
export function safeLink(uri: string | null): { href: string; host: string } | undefined {
  if (uri === null || !URL.canParse(uri)) return undefined;
  const { protocol, hostname, host, username, password, href } = new URL(uri);
  if (username || password) return undefined;
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) return undefined;
  return { href, host };
}
