import { Provider } from 'oidc-provider';

const asksForScopes = new Set(['authorization', 'pushed_authorization_request', 'device_authorization']);

/** Who asks for no scope asks for all that are registered (RFC 6749 §3.3), but not to sign the person in. */
export function askForRegisteredScopes(registered: readonly string[]): void {
  const oidc = Provider.ctx?.oidc;
  if (!oidc?.params || !asksForScopes.has(oidc.route) || oidc.params.scope !== undefined) return;
  const scopes = registered.filter((name) => name !== 'openid' && name !== 'offline_access');
  if (scopes.length > 0) oidc.params.scope = scopes.join(' ');
}
