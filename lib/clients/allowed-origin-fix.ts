import { judgeAllowedOrigins } from './allowed-origin.ts';
import type { Environment } from './client.ts';
import { refusalsOf } from './issue.ts';
import { isLoopbackHost } from './loopback-host.ts';

/** What the rule book would accept instead of a refused origin, when that is only a matter of spelling; undefined when its owner has to decide. */
export function suggestOrigin(raw: string, environment: Environment): string | undefined {
  const acceptable = (origin: string) => refusalsOf(judgeAllowedOrigins([origin], { environment })).length === 0;
  if (acceptable(raw)) return undefined;
  const text = raw.trim();
  const complete = /^(?:\/\/)?[^/:]+\.[^/]/.test(text) ? `https://${text.replace(/^\/+/, '')}` : text;
  if (!/^https?:/i.test(complete) || !URL.canParse(complete)) return undefined;
  const { origin, host, hostname, username, password } = new URL(complete);
  if (username || password) return undefined;
  const secure = isLoopbackHost(hostname) ? origin : `https://${host}`;
  return [origin, secure].find(acceptable);
}
