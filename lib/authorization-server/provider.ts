import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { env } from '#lib/kernel/env';
import type { SigningKey } from '#lib/signing-keys/index';
import { clientOf } from './clients/registered-client.ts';
import { configurationOf, cookieNames } from './configuration.ts';
import { rememberRefusals } from './note-refused.ts';
import { overrideLibrary } from './overrides/overrides.ts';
import { currentRequest } from './request-state.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { answerAboutJwts } from './tokens/jwt-access-tokens.ts';
import { nameResourceInErrors } from './tokens/refuse.ts';

/** Returns oidc-provider with the registry and PostgreSQL as its storage. It has no state of its own, so another instance may replace it at any time. */
export function makeProvider(signingKeys: readonly SigningKey[], scopes: readonly string[]): Provider {
  const provider = new Provider(env().appUrl, configurationOf(signingKeys, scopes));
  provider.proxy = true; // the scheme is the one of APP_URL, also behind a proxy that terminates TLS
  keepAnswers(provider);
  noteUses(provider);
  rememberRefusals(provider);
  nameResourceInErrors(provider);
  overrideLibrary(provider);
  return provider;
}

/** Stores the answer in the request's state instead of sending it: `lib/http` sends it. */
function keepAnswers(provider: Provider): void {
  const unused = cookieNames().session;
  provider.use(async (ctx, next) => {
    // oidc-provider adds the hash of its script for `response_mode=form_post`.
    ctx.set('content-security-policy', "default-src 'none'; script-src; frame-ancestors 'none'");
    await next();
    await answerAboutJwts(ctx as KoaContextWithOIDC);
    const headers = Object.entries(ctx.response.headers).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, String(value)];
      return [name, value.map(String).filter((cookie) => !cookie.startsWith(unused))];
    });
    currentRequest().answer = { status: ctx.status, headers: Object.fromEntries(headers), body: ctx.body };
    ctx.respond = false;
  });
  provider.on('server_error', (_ctx, error) => {
    currentRequest().failure = error;
  });
  // Rule A6: without a signed-in person, an error is never redirected to a self-registered client.
  provider.on('authorization.error', (ctx, error) => {
    const { client } = ctx.oidc;
    const untrusted = client !== undefined && clientOf(client.clientId).selfRegistered;
    if (untrusted && !currentRequest().person) Object.assign(error, { allow_redirect: false });
  });
  // RFC 6749 §5.2 defines `unauthorized_client` for this.
  provider.on('grant.error', (ctx, error) => {
    if (error.error_description === 'requested grant type is not allowed for this client')
      ctx.body = { error: 'unauthorized_client', error_description: error.error_description };
  });
}

/** Notes the use of a grant when a token is issued, not when it is stored: JWTs are not stored. */
function noteUses(provider: Provider): void {
  provider.on('grant.success', ({ oidc }) => {
    if (oidc.entities.AccessToken && oidc.client) tokenEndpoint.noteUse.run(oidc.client.clientId);
  });
}
