import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { env } from '#lib/kernel/env';
import type { SigningKey } from '#lib/signing-keys/index';
import { noteGrantUse } from './clients/note-use.ts';
import { clientOf } from './clients/registered-client.ts';
import { configurationOf, cookieNames } from './configuration.ts';
import { exchange } from './exchange.ts';
import { rememberRefusals } from './note-refused.ts';
import { overrideLibrary } from './overrides/overrides.ts';
import { answerAboutJwts } from './tokens/jwt-access-tokens.ts';
import { nameResourceInErrors } from './tokens/refuse.ts';

/** oidc-provider on the registry and on PostgreSQL; it keeps nothing of its own, so another one may replace it at any time. */
export function makeProvider(signingKeys: readonly SigningKey[], scopes: readonly string[]): Provider {
  const provider = new Provider(env().appUrl, configurationOf(signingKeys, scopes));
  provider.proxy = true; // the scheme is what APP_URL says, whoever speaks TLS for us
  keepAnswers(provider);
  noteUses(provider);
  rememberRefusals(provider);
  nameResourceInErrors(provider);
  overrideLibrary(provider);
  return provider;
}

/** What it would answer goes to whoever asked, who says it. */
function keepAnswers(provider: Provider): void {
  const unused = cookieNames().session;
  provider.use(async (ctx, next) => {
    // oidc-provider adds the one script of a page that posts itself (`response_mode=form_post`).
    ctx.set('content-security-policy', "default-src 'none'; script-src; frame-ancestors 'none'");
    await next();
    await answerAboutJwts(ctx as KoaContextWithOIDC);
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
  // Rule A6: an app that registered itself sends nobody anywhere who has not signed in, whether they pressed Cancel or were not even asked.
  provider.on('authorization.error', (ctx, error) => {
    const { client } = ctx.oidc;
    const untrusted = client !== undefined && clientOf(client.clientId).selfRegistered;
    if (untrusted && !exchange().person) Object.assign(error, { allow_redirect: false });
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
