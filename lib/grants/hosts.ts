/** Whose word counts for where an app leads is the address that its answers go to: each https host among them, once. */
export function hostsOf(redirectUris: readonly string[]): string[] {
  const urls = redirectUris.flatMap((uri) => (URL.canParse(uri) ? new URL(uri) : []));
  return [...new Set(urls.filter(({ protocol }) => protocol === 'https:').map(({ host }) => host))];
}
