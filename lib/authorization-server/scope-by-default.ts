import { Provider } from 'oidc-provider';
import { database } from '../database.ts';
import { describeResource } from '../resources/index.ts';
import type { RegisteredClient } from './registered-client.ts';

const asksForScopes = new Set(['authorization', 'pushed_authorization_request', 'device_authorization']);

/**
 * Who asks for no scope asks for all that are registered (RFC 6749 §3.3) and that the one named resource offers, but not to sign the person
 * in. Who registered itself got what it may have of what it asked for, and goes on asking for all of it: programs seldom read that
 * answer. What it may not have is passed over; where nothing remains it is refused as everybody is.
 */
export async function askForRegisteredScopes({ scopes: registered, selfRegistered }: RegisteredClient): Promise<void> {
  const oidc = Provider.ctx?.oidc;
  // A request that is pushed is read again when its client is known.
  const asked = oidc?.route === 'pushed_authorization_request' ? oidc.body : oidc?.params;
  if (!asked || !asksForScopes.has(oidc?.route ?? '')) return;
  const scopes =
    asked.scope === undefined
      ? await offered(registered, asked.resource)
      : selfRegistered && typeof asked.scope === 'string'
        ? asked.scope.split(' ').filter((name) => registered.includes(name))
        : [];
  if (scopes.length > 0) asked.scope = scopes.join(' ');
}

async function offered(registered: readonly string[], named: unknown): Promise<string[]> {
  const scopes = registered.filter((name) => name !== 'openid' && name !== 'offline_access');
  if (typeof named !== 'string') return scopes;
  const resource = await describeResource(database(), named);
  const there = scopes.filter((name) => resource?.scopes.includes(name));
  return there.length > 0 ? there : scopes;
}
