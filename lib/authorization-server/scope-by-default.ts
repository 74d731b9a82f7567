import { Provider } from 'oidc-provider';

const asksForScopes = new Set(['authorization', 'pushed_authorization_request', 'device_authorization']);

/** Who asks for no scope asks for all that are registered (RFC 6749 §3.3), but not to sign the person in. */
export function askForRegisteredScopes(registered: readonly string[]): void {
  const oidc = Provider.ctx?.oidc;
  // A request that is pushed is read again when its client is known.
  const asked = oidc?.route === 'pushed_authorization_request' ? oidc.body : oidc?.params;
  if (!asked || !asksForScopes.has(oidc?.route ?? '') || asked.scope !== undefined) return;
  const scopes = registered.filter((name) => name !== 'openid' && name !== 'offline_access');
  if (scopes.length > 0) asked.scope = scopes.join(' ');
}
