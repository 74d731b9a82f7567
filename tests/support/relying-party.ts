import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  type Configuration,
  type DPoPOptions,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomState,
} from 'openid-client';
import type { Someone } from './actors.ts';
import { type Agent, aWebApp, callback, decide, locationOf } from './authorizing.ts';
import { origin } from './listening.ts';

/** What a relying party changes of a usual request; `undefined` leaves a parameter out. */
export type Changes = Record<string, string | undefined>;

/** A configuration of openid-client that verifies every signature, found by discovery. */
export async function discovered(clientId: string, auth: ClientAuth): Promise<Configuration> {
  const config = await discovery(new URL(origin), clientId, undefined, auth, { execute: [allowInsecureRequests] });
  enableNonRepudiationChecks(config);
  return config;
}

/** A web app that does not have to use PKCE, as the relying party that openid-client makes of it. */
export async function aRelyingParty(values: Parameters<typeof aWebApp>[0] = {}) {
  const app = await aWebApp({ requirePkce: false, ...values });
  return { ...app, config: await discovered(app.clientId, ClientSecretBasic(app.secret)) };
}

/** The usual request with a state and a nonce of its own, as an address and as what came with it. */
export function aRequest(config: Configuration, changes: Changes = {}) {
  const parameters = {
    redirect_uri: callback,
    scope: 'openid',
    state: randomState(),
    nonce: randomNonce(),
    ...changes,
  };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { parameters, url: buildAuthorizationUrl(config, Object.fromEntries(given)) };
}

export const isPage = (address: string): boolean => address.startsWith(`${origin}/consent/`);

/** Where the browser arrives: at the app, or at the page that wants something of the person. */
export const arrive = async (agent: Agent, url: URL | string): Promise<string> =>
  locationOf(await agent.go(String(url)));

/** The person at the page allows what is asked for, where they are asked. */
export const allow = async (agent: Agent, arrived: string): Promise<string> =>
  isPage(arrived) ? decide(agent, arrived, 'allow') : arrived;

/** The person at the page signs in there; answers where the browser arrives then. */
export async function signInAt(agent: Agent, page: string, person: Someone): Promise<string> {
  await agent.signIn(person);
  const resumed = await arrive(agent, `${new URL(page).pathname}/continue`);
  return arrive(agent, resumed);
}

type Options = DPoPOptions & { pkceCodeVerifier?: string; maxAge?: number };

/** Exchanges the code that arrived and has openid-client check all there is to check; answers the tokens and what the ID token says. */
export async function exchangeCode(
  config: Configuration,
  arrived: string,
  { state, nonce }: { state?: string | undefined; nonce?: string | undefined },
  { DPoP, ...checks }: Options = {},
) {
  const expected = {
    idTokenExpected: true,
    ...(nonce && { expectedNonce: nonce }),
    ...(state && { expectedState: state }),
  };
  const options = DPoP && { DPoP };
  const tokens = await authorizationCodeGrant(config, new URL(arrived), { ...expected, ...checks }, undefined, options);
  const claims = tokens.claims();
  if (!claims || tokens.id_token === undefined) throw new Error('no ID token');
  return { ...tokens, id_token: tokens.id_token, claims, code: new URL(arrived).searchParams.get('code') ?? '' };
}

/** The whole flow of a person who allows it. */
export async function runFlow(agent: Agent, config: Configuration, changes: Changes = {}, options: Options = {}) {
  const { url, parameters } = aRequest(config, changes);
  const arrived = await allow(agent, await arrive(agent, url));
  return exchangeCode(config, arrived, parameters, options);
}
