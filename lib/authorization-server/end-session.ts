import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Db } from '#db/client';
import { selectLogoutTerms } from '#db/queries/client-terms';
import { redirectUriMatches } from '#lib/clients/rules';
import { env } from '#lib/kernel/env';
import { readPublicKeys } from '#lib/signing-keys/index';
import { readProtocolId } from './clients/registered-client.ts';

/** OpenID Connect RP-Initiated Logout §2 */
export type LogoutParameters = {
  idTokenHint?: string | undefined;
  clientId?: string | undefined;
  postLogoutRedirectUri?: string | undefined;
  state?: string | undefined;
};

/** The valid parts of a logout request. `refusal`: why the others are ignored. */
export type LogoutRequest = {
  /** The client, if an ID token of this server proves that the person was signed in there. */
  clientId?: string;
  /** The URL to which the browser returns. */
  leadsTo?: string;
  refusal?: string;
};

/**
 * Reads an app's request to sign the person out. The app may request a return to a registered URL. An ID token of this server, also an expired
 * one, identifies the client; `client_id` only names it, because anybody can put it in a link. If a parameter is wrong, all are ignored, and
 * the person is still asked.
 */
export async function readLogoutRequest(db: Db, asked: LogoutParameters): Promise<LogoutRequest> {
  const hinted = asked.idTokenHint === undefined ? undefined : await audienceOf(db, asked.idTokenHint);
  if (asked.idTokenHint !== undefined && hinted === undefined)
    return { refusal: 'id_token_hint is no ID token of this server' };
  if (hinted !== undefined && asked.clientId !== undefined && hinted !== asked.clientId)
    return { refusal: 'client_id is not the client of the id_token_hint' };
  const protocolId = hinted ?? asked.clientId;
  if (protocolId === undefined) return {};
  const id = readProtocolId(protocolId);
  const client = id && (await selectLogoutTerms(db, id));
  if (!client) return { refusal: 'there is no such client' };
  const proved = hinted === undefined ? {} : { clientId: client.clientId };
  const uri = asked.postLogoutRedirectUri;
  if (uri === undefined) return proved;
  if (!client.postLogoutRedirectUris.some((one) => redirectUriMatches(one, uri, client)))
    return { ...proved, refusal: 'post_logout_redirect_uri is not registered' };
  return { ...proved, leadsTo: asked.state === undefined ? uri : withState(uri, asked.state) };
}

/** The audience of an ID token of this server; undefined if it is not valid or its key is no longer published. */
async function audienceOf(db: Db, idToken: string): Promise<string | undefined> {
  const keys = await readPublicKeys(db);
  const options = { issuer: env().appUrl, currentDate: new Date(0), requiredClaims: ['sub', 'aud'] };
  const read = jwtVerify(idToken, createLocalJWKSet({ keys }), options).catch(() => undefined);
  const payload: JWTPayload | undefined = (await read)?.payload;
  return typeof payload?.aud === 'string' ? payload.aud : undefined;
}

function withState(uri: string, state: string): string {
  const url = new URL(uri);
  url.searchParams.set('state', state);
  return url.href;
}
