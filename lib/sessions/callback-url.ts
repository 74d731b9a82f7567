const somewhere = 'https://portal.invalid';

/**
 * Where to go after sign-in: `raw` when it is a path of this portal (or an address below `appUrl`), else `otherwise`.
 * What browsers read as another host (`//`, `/\`, control characters they strip, dot segments that leave `//`) is not.
 */
export function readCallbackUrl(raw: unknown, appUrl: string, otherwise = '/clients'): string {
  if (typeof raw !== 'string' || raw.length > 2000 || /[\p{Cc}\\\s]/u.test(raw) || !raw.isWellFormed())
    return otherwise;
  const path = raw.startsWith(`${appUrl}/`) ? raw.slice(appUrl.length) : raw;
  if (!path.startsWith('/') || !URL.canParse(path, somewhere)) return otherwise;
  const url = new URL(path, somewhere);
  if (url.origin !== somewhere || /^\/+(\/|%2f|%5c)/i.test(url.pathname)) return otherwise;
  return url.pathname + url.search + url.hash;
}
