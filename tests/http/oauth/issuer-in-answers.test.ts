import { describe, expect, test } from 'vitest';
import { updateClient } from '#lib/clients/index';
import {
  anAgent,
  aPersonsAgent,
  authorizationUrl,
  authorize,
  aWebApp,
  decide,
  locationOf,
  pkce,
} from '#support/authorizing';
import '#support/database';
import { origin } from '#support/listening';
import { push, pushedUrl } from '#support/pushing';

const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
type App = Awaited<ReturnType<typeof aWebApp>>;

const ask = async (app: App, changes: Record<string, string | undefined>) =>
  locationOf(await (await anAgent(app.owner)).go(authorizationUrl(app, { ...proof, ...changes })));

/** What the client is told: in the query, or in the fragment. */
const told = (location: string) => {
  const { search, hash } = new URL(location);
  return Object.fromEntries(new URLSearchParams(search || hash.slice(1)));
};

async function givenUp(app: App) {
  const agent = await aPersonsAgent();
  const page = locationOf(await agent.go(authorizationUrl(app, { ...proof, scope: 'read' })));
  await updateClient(app.owner, app.clientId, { scopes: ['openid'] });
  return decide(agent, page, 'allow');
}

async function pushed(app: App, changes: Record<string, string | undefined>) {
  const { body } = await push(app, changes);
  return locationOf(await (await anAgent()).go(pushedUrl(app, body.request_uri)));
}

describe('every answer to the redirect URI names the issuer (RFC 9207), errors too', () => {
  test.each<[error: string, how: string, (app: App) => Promise<string>]>([
    ['unsupported_response_type', 'of the library', (app) => ask(app, { response_type: 'token' })],
    [
      'invalid_request',
      'without PKCE',
      (app) => ask(app, { code_challenge: undefined, code_challenge_method: undefined }),
    ],
    ['invalid_scope', 'of our own rules', (app) => ask(app, { scope: 'unheard-of' })],
    ['invalid_target', 'of a resource', (app) => ask(app, { resource: 'https://nowhere.example/' })],
    [
      'login_required',
      'without a page',
      async (app) => locationOf(await (await anAgent()).go(authorizationUrl(app, { ...proof, prompt: 'none' }))),
    ],
    ['consent_required', 'without a page, signed in', (app) => ask(app, { prompt: 'none' })],
    ['unsupported_response_mode', 'of an unknown response mode', (app) => ask(app, { response_mode: 'web_message' })],
    ['invalid_scope', 'in the fragment', (app) => ask(app, { scope: 'unheard-of', response_mode: 'fragment' })],
    ['login_required', 'to a pushed request', (app) => pushed(app, { prompt: 'none' })],
    [
      'access_denied',
      'of the person',
      async (app) => {
        const agent = await aPersonsAgent();
        return decide(agent, locationOf(await agent.go(authorizationUrl(app, proof))), 'cancel');
      },
    ],
    [
      'access_denied',
      'of the person, to a pushed request',
      async (app) => {
        const agent = await aPersonsAgent();
        const { body } = await push(app);
        return decide(agent, locationOf(await agent.go(pushedUrl(app, body.request_uri))), 'cancel');
      },
    ],
    ['invalid_scope', 'found when the answer comes back', givenUp],
  ])('%s %s', async (error, _how, make) => {
    const app = await aWebApp();
    expect(told(await make(app))).toMatchObject({ error, iss: origin, state: 'a-state' });
  });

  test('in a form that posts itself', async () => {
    const app = await aWebApp();
    const agent = await anAgent(app.owner);
    const answer = await agent.go(authorizationUrl(app, { ...proof, scope: 'unheard-of', response_mode: 'form_post' }));
    const page = await answer.text();
    expect(page).toContain('value="invalid_scope"');
    expect(page).toMatch(new RegExp(`name="iss" value="${origin}"`));
  });

  test('and codes', async () => {
    const app = await aWebApp();
    expect((await authorize(await aPersonsAgent(), app, proof)).get('iss')).toBe(origin);
  });
});
