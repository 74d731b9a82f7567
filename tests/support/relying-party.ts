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

/** Changes to the usual request; `undefined` omits a parameter. */
export type Changes = Record<string, string | undefined>;

/** A configuration of openid-client by discovery that verifies every signature. */
export async function discovered(clientId: string, auth: ClientAuth): Promise<Configuration> {
  const config = await discovery(new URL(origin), clientId, undefined, auth, { execute: [allowInsecureRequests] });
  enableNonRepudiationChecks(config);
  return config;
}

/** A web app that need not use PKCE, as a relying party with openid-client. */
export async function aRelyingParty(values: Parameters<typeof aWebApp>[0] = {}) {
  const app = await aWebApp({ requirePkce: false, ...values });
  return { ...app, config: await discovered(app.clientId, ClientSecretBasic(app.secret)) };
}

/** The usual request with a new state and nonce: its URL and its parameters. */
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

/** Where the browser arrives: at the app, or at a page for the person. */
export const arrive = async (agent: Agent, url: URL | string): Promise<string> =>
  locationOf(await agent.go(String(url)));

/** Allows the request, if a consent page is shown. */
export const allow = async (agent: Agent, arrived: string): Promise<string> =>
  isPage(arrived) ? decide(agent, arrived, 'allow') : arrived;

/** Signs in on the page; returns where the browser arrives. */
export async function signInAt(agent: Agent, page: string, person: Someone): Promise<string> {
  await agent.signIn(person);
  const resumed = await arrive(agent, `${new URL(page).pathname}/continue`);
  return arrive(agent, resumed);
}

type Options = DPoPOptions & { pkceCodeVerifier?: string; maxAge?: number };

/** Exchanges the code with all checks of openid-client; returns the tokens and the ID token's claims. */
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

/** The whole flow, with consent. */
export async function runFlow(agent: Agent, config: Configuration, changes: Changes = {}, options: Options = {}) {
  const { url, parameters } = aRequest(config, changes);
  const arrived = await allow(agent, await arrive(agent, url));
  return exchangeCode(config, arrived, parameters, options);
}
