import { type Agent, callback, decide, locationOf, pkce } from './authorizing.ts';
import { origin } from './listening.ts';
import { basic, post } from './oauth.ts';

type Client = { clientId: string; secret: string };

/** Pushes a request with the usual parameters and the given changes; `undefined` omits a parameter. Returns the answer. */
export async function push(
  client: Client,
  changes: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
) {
  const { verifier, challenge } = pkce();
  const form = {
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid read',
    state: 'a-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    client_id: client.clientId,
    ...changes,
  };
  const given = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const by: Record<string, string> = client.secret ? { authorization: basic(client) } : {};
  const answer = await post('/oauth/par', Object.fromEntries(given), { ...by, ...headers });
  return { ...answer, verifier };
}

/** The authorization URL of a pushed request. */
export const pushedUrl = ({ clientId }: { clientId: string }, request_uri: string) =>
  `/oauth/authorize?${new URLSearchParams({ client_id: clientId, request_uri })}`;

/** Follows a URL; returns the consent page or the redirect. */
export const follow = async (agent: Agent, url: string) => {
  const answer = await agent.go(url);
  return answer.headers.has('location') ? locationOf(answer) : String(answer.status);
};

/** Allows a pushed request; returns where the browser arrives. */
export async function allow(agent: Agent, client: { clientId: string }, request_uri: string): Promise<URL> {
  const first = await follow(agent, pushedUrl(client, request_uri));
  return new URL(first.startsWith(`${origin}/consent/`) ? await decide(agent, first, 'allow') : first);
}
