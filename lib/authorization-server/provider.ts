import { Provider } from 'oidc-provider';
import { env } from '../env.ts';
import type { SigningKey } from '../signing-keys/index.ts';
import { isSecretOf } from './compare-secret.ts';
import { configurationOf } from './configuration.ts';
import { cookieNames } from './cookie-names.ts';
import { slowDown } from './device-codes.ts';
import { exchange } from './exchange.ts';
import { isFirstUse } from './first-use.ts';
import { rememberRefusals } from './note-refused.ts';
import { noteGrantUse } from './note-use.ts';
import { followPortalSessions } from './portal-session.ts';
import { refusalOfPreview } from './preview-callback.ts';
import { graceForRefreshTokens } from './refresh-rotation.ts';
import { nameTargets } from './refuse-target.ts';
import { clientOf, isRegisteredRedirect } from './registered-client.ts';
import { resumeOnlyWhatFits } from './resumption.ts';
import { askForProof, keepToRegisteredScopes, mintTokens } from './tokens.ts';

/** oidc-provider on the registry and on PostgreSQL; it keeps nothing of its own, so another one may replace it at any time. */
export function makeProvider(signingKeys: readonly SigningKey[], scopes: readonly string[]): Provider {
  const provider = new Provider(env().appUrl, configurationOf(signingKeys, scopes));
  provider.proxy = true; // the scheme is what APP_URL says, whoever speaks TLS for us
  keepAnswers(provider);
  noteUses(provider);
  rememberRefusals(provider);
  askTheRegistry(provider);
  Object.assign(provider.ReplayDetection, { unique: isFirstUse });
  followPortalSessions(provider);
  resumeOnlyWhatFits(provider);
  mintTokens(provider);
  keepToRegisteredScopes(provider);
  askForProof(provider);
  nameTargets(provider);
  slowDown(provider);
  graceForRefreshTokens(provider);
  return provider;
}

/** What it would answer goes to whoever asked, who says it. */
function keepAnswers(provider: Provider): void {
  const unused = cookieNames().session;
  provider.use(async (ctx, next) => {
    // oidc-provider adds the one script of a page that posts itself (`response_mode=form_post`).
    ctx.set('content-security-policy', "default-src 'none'; script-src; frame-ancestors 'none'");
    await next();
    const headers = Object.entries(ctx.response.headers).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, String(value)];
      return [name, value.map(String).filter((cookie) => !cookie.startsWith(unused))];
    });
    exchange().answer = { status: ctx.status, headers: Object.fromEntries(headers), body: ctx.body };
    ctx.respond = false;
  });
  provider.on('server_error', (_ctx, error) => {
    exchange().failure = error;
  });
  // Rule A6: with an error that needs nobody, an app that registered itself sends nobody anywhere who has not signed in.
  provider.on('authorization.error', (ctx, error) => {
    const { client, result } = ctx.oidc;
    const untrusted = client !== undefined && clientOf(client.clientId).selfRegistered;
    if (untrusted && !result && !exchange().person) Object.assign(error, { allow_redirect: false });
  });
  // RFC 6749 §5.2 has a code of its own for that.
  provider.on('grant.error', (ctx, error) => {
    if (error.error_description === 'requested grant type is not allowed for this client')
      ctx.body = { error: 'unauthorized_client', error_description: error.error_description };
  });
}

/** Not where tokens are kept: of a JWT nothing is. */
function noteUses(provider: Provider): void {
  provider.on('grant.success', ({ oidc }) => {
    if (oidc.entities.AccessToken && oidc.client) noteGrantUse(oidc.client.clientId);
  });
}

/** The registry has judged its clients when they were written, and compares for itself. */
function askTheRegistry({ Client }: Provider): void {
  const { Schema } = Client as unknown as { Schema: { prototype: object } };
  Object.assign(Schema.prototype, {
    // Asked again, with a list, about a URI that is not registered and was pushed.
    redirectUris(this: { invalidate: (why: string) => never }, pushed?: readonly unknown[]) {
      const why = pushed && refusalOfPreview(pushed[0]);
      if (why !== undefined) this.invalidate(why);
    },
    postLogoutRedirectUris() {},
    scopes() {},
  });
  Object.assign(Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return isSecretOf(this.clientId, secret);
    },
    redirectUriAllowed(this: { clientId: string }, uri: unknown) {
      return typeof uri === 'string' && isRegisteredRedirect(clientOf(this.clientId), uri);
    },
  });
}
