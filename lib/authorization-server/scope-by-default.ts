import { Provider } from 'oidc-provider';
import { database } from '../database.ts';
import { describeResource } from '../resources/index.ts';
import { claimsOfScopes } from './claims.ts';
import type { RegisteredClient } from './registered-client.ts';

const asksForScopes = new Set(['authorization', 'pushed_authorization_request', 'device_authorization']);

/**
 * Who asks for no scope asks for what it may be meant to want (RFC 6749 §3.3), but not to sign the person in. Who registered itself got
 * what it may have of what it asked for, and goes on asking for all of it: programs seldom read that answer. What it may not have is
 * passed over; where nothing remains it is refused as everybody is.
 */
export async function askForRegisteredScopes(client: RegisteredClient): Promise<void> {
  const oidc = Provider.ctx?.oidc;
  // A request that is pushed is read again when its client is known.
  const asked = oidc?.route === 'pushed_authorization_request' ? oidc.body : oidc?.params;
  if (!asked || !asksForScopes.has(oidc?.route ?? '')) return;
  const scopes = typeof asked.scope === 'string' ? sifted(client, asked.scope) : await meant(client, asked.resource);
  if (scopes.length > 0) asked.scope = scopes.join(' ');
}

function sifted({ scopes: registered, selfRegistered }: RegisteredClient, asked: string): string[] {
  return selfRegistered ? asked.split(' ').filter((name) => registered.includes(name)) : [];
}

/**
 * All that is registered; of it, what the one named resource offers; without one, of an app that registered itself, who the person is:
 * it may have named no scope there either, and was given all that such an app can have.
 */
async function meant({ scopes: registered, selfRegistered }: RegisteredClient, resource: unknown): Promise<string[]> {
  const all = registered.filter((name) => name !== 'openid' && name !== 'offline_access');
  const ofPerson = selfRegistered ? Object.keys(claimsOfScopes) : [];
  const offered = typeof resource === 'string' ? await describeResource(database(), resource) : { scopes: ofPerson };
  const some = all.filter((name) => offered?.scopes.includes(name));
  return some.length > 0 ? some : all;
}
