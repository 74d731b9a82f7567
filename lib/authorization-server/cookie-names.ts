import { env } from '../env.ts';

/** Browsers do not tell ports apart: over http the name does, so that two portals on one machine leave each other alone. */
export function cookieNames() {
  const { protocol, port } = new URL(env().appUrl);
  const named = (name: string) =>
    protocol === 'https:' ? `__Secure-clientele.${name}` : `clientele-${port || '80'}.${name}`;
  return { session: named('unused'), interaction: named('consent'), resume: named('resume') };
}
