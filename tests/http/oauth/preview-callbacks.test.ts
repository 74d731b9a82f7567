import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { removeDomain, verifyDomain } from '#lib/domains/index';
import { stranger } from '#support/actors';
import { type Agent, anAgent, aPersonsAgent, authorizationUrl, aWebApp } from '#support/authorizing';
import { db } from '#support/database';
import { basic, post } from '#support/oauth';
import { allow, follow, push, pushedUrl } from '#support/pushing';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;

/** An app, and a domain that its organization has verified. */
async function anAppWithDomain(values: Parameters<typeof aWebApp>[0] = {}) {
  const app = await aWebApp(values);
  const domain = `${randomUUID()}.example`;
  await verifyDomain(operator, { organizationId: app.organizationId, domain });
  return { ...app, domain };
}

let app: Awaited<ReturnType<typeof anAppWithDomain>>;
let agent: Agent;
beforeAll(async () => {
  app = await anAppWithDomain();
  agent = await aPersonsAgent();
});
const outcome = ({ status, body }: { status: number; body: { error?: string } }) => ({ status, error: body.error });
const invalid = { status: 400, error: 'invalid_request' };
const preview = (domain: string) => `https://pr-123.preview.${domain}/callback?x=1`;

describe('a preview callback (rule R16)', () => {
  test('under a verified domain is pushed, and the code arrives there and is redeemed', async () => {
    const redirect_uri = preview(app.domain);
    const { status, body, verifier } = await push(app, { redirect_uri });
    expect(status).toBe(201);
    const arrived = await allow(agent, app, body.request_uri);
    expect(`${arrived.origin}${arrived.pathname}`).toBe(redirect_uri.split('?')[0]);
    const form = {
      grant_type: 'authorization_code',
      code: arrived.searchParams.get('code') ?? '',
      redirect_uri,
      code_verifier: verifier,
    };
    const tokens = await post('/oauth/token', form, { authorization: basic(app) });
    expect(tokens.body).toMatchObject({ token_type: 'Bearer', scope: 'openid read' });
  });

  test('shows the consent page, also to a person who is not signed in', async () => {
    const { body } = await push(app, { redirect_uri: preview(app.domain) });
    expect(await follow(await anAgent(), pushedUrl(app, body.request_uri))).toContain('/consent/');
  });

  test('at the domain itself is one as well', async () => {
    expect((await push(app, { redirect_uri: `https://${app.domain}/` })).status).toBe(201);
  });

  const rows: [string, (domain: string) => string][] = [
    ['under no domain', () => 'https://evil.example/cb'],
    ['under a domain that ends alike', (domain) => `https://evil${domain}/cb`],
    ['under a domain that begins alike', (domain) => `https://${domain}.evil.example/cb`],
    ['with the domain as a name', (domain) => `https://${domain}@evil.example/cb`],
    ['by http', (domain) => `http://app.${domain}/cb`],
    ['with a fragment', (domain) => `https://app.${domain}/cb#x`],
    ['with a wildcard', (domain) => `https://*.${domain}/cb`],
    ['with a backslash', (domain) => `https://evil.example\\.${domain}/cb`],
    ['with a dot segment', (domain) => `https://app.${domain}/a/../cb`],
    ['with a space', (domain) => `https://app.${domain}/c b`],
    ['with a dot at the end of its host', (domain) => `https://app.${domain}./cb`],
    ['of a scheme of its own', (domain) => `${domain.split('.').reverse().join('.')}:/cb`],
    ['on this machine', () => 'http://127.0.0.1:8080/cb'],
    ['of a script', () => 'javascript:alert(1)'],
  ];
  test.each(rows)('%s is refused', async (_title, uri) => {
    const answer = await push(app, { redirect_uri: uri(app.domain) });
    expect(outcome(answer)).toEqual(invalid);
    expect(answer.body.error_description).toMatch(/^redirect_uri is not registered/);
  });

  test('of a public client, of one that may leave its secret out, and of one with a sector is refused', async () => {
    for (const values of [
      { tokenEndpointAuthMethod: 'none', applicationType: 'spa' },
      { secretOptional: true },
      { sectorIdentifierUri: 'https://app.example.com/sector' },
    ] as const) {
      const other = await anAppWithDomain(values);
      expect(outcome(await push(other, { redirect_uri: preview(other.domain) }))).toEqual(invalid);
    }
  });

  test('under a part of the domain that is another organization’s is refused', async () => {
    const other = await aWebApp();
    await verifyDomain(operator, { organizationId: other.organizationId, domain: `preview.${app.domain}` });
    expect(outcome(await push(app, { redirect_uri: preview(app.domain) }))).toEqual(invalid);
    expect((await push(other, { redirect_uri: preview(app.domain) })).status).toBe(201);
    await removeDomain(operator, { organizationId: other.organizationId, domain: `preview.${app.domain}` });
  });

  test('is refused after the domain is removed, also if it was pushed before', async () => {
    const moved = await anAppWithDomain();
    const { body } = await push(moved, { redirect_uri: preview(moved.domain) });
    await removeDomain(operator, { organizationId: moved.organizationId, domain: moved.domain });
    const answer = await agent.go(pushedUrl(moved, body.request_uri));
    expect(answer.headers.get('location') ?? '').not.toContain(moved.domain);
    expect(answer.status).toBeLessThan(500);
    expect(outcome(await push(moved, { redirect_uri: preview(moved.domain) }))).toEqual(invalid);
  });

  test('that is not pushed is sent nowhere', async () => {
    const answer = await agent.go(authorizationUrl(app, { redirect_uri: preview(app.domain) }));
    expect(answer.headers.get('location')).toBeNull();
  });
});
