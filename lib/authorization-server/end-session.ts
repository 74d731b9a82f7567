import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Db } from '#db/client';
import { selectLogoutTerms } from '#db/queries/logout-terms';
import { redirectUriMatches } from '../clients/rules.ts';
import { env } from '../env.ts';
import { RegistryError } from '../errors.ts';
import { readPublicKeys } from '../signing-keys/index.ts';
import { readProtocolId } from './registered-client.ts';

/** OpenID Connect RP-Initiated Logout §2 */
export type LogoutParameters = {
  idTokenHint?: string | undefined;
  clientId?: string | undefined;
  postLogoutRedirectUri?: string | undefined;
  state?: string | undefined;
};

/** The app that asks, if it is known, and where it wants the browser to go afterwards. */
export type LogoutRequest = { clientId?: string; leadsTo?: string };

const wrong = (message: string) => new RegistryError('invalid_metadata', message);

/**
 * What an app that wants its person signed out may ask for: a return to an address that it registered for that, which takes that it
 * says who it is, best by an ID token of ours (also one that has expired). @throws invalid_metadata
 */
export async function readLogoutRequest(db: Db, asked: LogoutParameters): Promise<LogoutRequest> {
  const hinted = asked.idTokenHint === undefined ? undefined : await audienceOf(db, asked.idTokenHint);
  if (hinted !== undefined && asked.clientId !== undefined && hinted !== asked.clientId)
    throw wrong('client_id is not the client of the id_token_hint');
  const protocolId = hinted ?? asked.clientId;
  if (protocolId === undefined) return {};
  const id = readProtocolId(protocolId);
  const client = id && (await selectLogoutTerms(db, id));
  if (!client) throw wrong('there is no such client');
  const { clientId } = client;
  const uri = asked.postLogoutRedirectUri;
  if (uri === undefined) return { clientId };
  if (!client.postLogoutRedirectUris.some((one) => redirectUriMatches(one, uri)))
    throw wrong('post_logout_redirect_uri is not registered');
  return { clientId, leadsTo: asked.state === undefined ? uri : withState(uri, asked.state) };
}

/** For whom an ID token of ours was made; one that has expired counts, one that was changed does not. */
async function audienceOf(db: Db, idToken: string): Promise<string> {
  const keys = await readPublicKeys(db);
  const options = { issuer: env().appUrl, currentDate: new Date(0), requiredClaims: ['sub', 'aud'] };
  const read = jwtVerify(idToken, createLocalJWKSet({ keys }), options).catch(() => undefined);
  const payload: JWTPayload | undefined = (await read)?.payload;
  if (typeof payload?.aud !== 'string') throw wrong('id_token_hint is no ID token of this server');
  return payload.aud;
}

function withState(uri: string, state: string): string {
  const url = new URL(uri);
  url.searchParams.set('state', state);
  return url.href;
}
