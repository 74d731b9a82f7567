import { buildEndSessionUrl } from 'openid-client';
import type { Agent } from './authorizing.ts';
import { origin } from './listening.ts';
import { type aRelyingParty, aRequest, arrive, type Changes } from './relying-party.ts';

export const afterwards = 'https://app.example.com/signed-out';

type Config = Awaited<ReturnType<typeof aRelyingParty>>['config'];

/** Where the browser goes, or which page is shown. */
const seen = ({ headers }: Response) => ({ location: headers.get('location'), page: headers.get('x-page') ?? '' });

/** Sends the browser to the end-session endpoint with the ID token, the registered URI and a state, and the given changes. */
export async function askToLeave(agent: Agent, config: Config, idToken: string, changes: Changes = {}) {
  const usual = { id_token_hint: idToken, post_logout_redirect_uri: afterwards, state: 'a-state', ...changes };
  const given = Object.entries(usual).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const url = buildEndSessionUrl(config);
  url.search = new URLSearchParams(given).toString();
  return seen(await agent.go(url.href));
}

/** Confirms the sign-out on the page. */
export async function leave(agent: Agent, page: string) {
  const note = new URL(page, origin).searchParams.get('note') ?? '';
  const body = new URLSearchParams({ note, decision: 'leave' });
  return seen(await agent.go('/oauth/end-session/answer', { method: 'POST', body, headers: { origin } }));
}

/** The app's answer to a request with `prompt=none`. */
export async function answerWithoutPerson(agent: Agent, config: Config): Promise<string | null> {
  const { url } = aRequest(config, { prompt: 'none' });
  return new URL(await arrive(agent, url)).searchParams.get('error');
}
