const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a `Host` names us. Programs on the same machine spell it in several ways, so a portal whose public origin is on
 * loopback answers them under each; pages have one origin only, as cookies and forms do.
 */
export function ownHostReader(own: URL): (host: string | undefined, forPrograms: boolean) => boolean {
  const port = own.port && `:${own.port}`;
  const names = new Set(loopback.includes(own.hostname) ? loopback.map((name) => name + port) : []);
  return (host, forPrograms) => host === own.host || (forPrograms && host !== undefined && names.has(host));
}
