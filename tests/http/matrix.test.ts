import { describe, expect, test } from 'vitest';
import { native } from '#lib/http/native/index';
import { forgetConfigured } from '#lib/kernel/configured';
import { tokenScopes } from '#lib/tokens/rules';
import { aPerson, type Someone } from '#support/actors';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { type Answer, aWorld, type Deed, everybody, keptBy, mayDo, type Who, type World } from '#support/matrix';

type Row = [operation: string, deed: Deed, body?: unknown, but?: Partial<Record<Who, Answer>>];

/** A token is never more than its person's membership: an operator through a token of theirs is a stranger here. */
const throughToken: Partial<Record<Who, Answer>> = { operator: 'missing' };
/** Nobody but a member has anything to do here, and everyone has it in their own organization. */
const inOnesOwn: Partial<Record<Who, Answer>> = { operator: 'yes', stranger: 'yes' };
/** DocSpace's USER meets only what they created; its GUEST is let in nowhere. */
const docspaces: Partial<Record<Who, Answer>> = { manager: 'missing', developer: 'missing', viewer: 'no' };

/** Everyone may revoke their own; nobody but the owner has allowed anything. */
const onlyOwnersIsThere: Partial<Record<Who, Answer>> = Object.fromEntries(
  everybody.filter((who) => who !== 'owner' && who !== 'nobody').map((who) => [who, 'yes']),
);

const client = '/api/v1/clients/{client_id}';
const organization = '/api/v1/organizations/{organization_id}';

/** The app is enabled and has no logo: to say so again is no change. */
const alreadySo = [`POST ${client}/enable`, `DELETE ${client}/logo`];

/** Every operation of our own API that takes a credential. */
const ours: Row[] = [
  ['GET /api/v1/clients', 'self'],
  ['POST /api/v1/clients', 'create', { client_name: 'New', application_type: 'machine' }, inOnesOwn],
  [`GET ${client}`, 'see'],
  [`PATCH ${client}`, 'edit', { description: 'Changed' }],
  [`DELETE ${client}`, 'remove'],
  [`POST ${client}/disable`, 'edit'],
  [`POST ${client}/enable`, 'edit'],
  [`POST ${client}/clone`, 'create'],
  [`PUT ${client}/logo`, 'edit'],
  [`DELETE ${client}/logo`, 'edit'],
  [`GET ${client}/history`, 'see'],
  [`GET ${client}/refusals`, 'see'],
  [`GET ${client}/managers`, 'see'],
  [`PUT ${client}/managers/{user_id}`, 'remove'],
  [`DELETE ${client}/managers/{user_id}`, 'remove'],
  [`GET ${client}/secrets`, 'seeSecrets'],
  [`POST ${client}/secrets`, 'edit', { name: 'New' }],
  [`POST ${client}/secrets/rotate`, 'edit', { overlap_seconds: 0 }],
  [
    `POST ${client}/secrets/{secret_id}/expire`,
    'edit',
    { expires_at: new Date(Date.now() + 86_400_000).toISOString() },
  ],
  [`DELETE ${client}/secrets/{secret_id}`, 'edit'],
  ['GET /api/v1/organizations', 'self'],
  [`GET ${organization}`, 'see'],
  [`PATCH ${organization}`, 'administer', { name: 'Changed' }],
  [`DELETE ${organization}`, 'own'],
  [`GET ${organization}/products`, 'see'],
  [`POST ${organization}/products`, 'administer', { name: 'New' }],
  [`GET ${organization}/products/{product}`, 'see'],
  [`PATCH ${organization}/products/{product}`, 'administer', { name: 'Changed' }],
  [`DELETE ${organization}/products/{product}`, 'administer'],
  [`GET ${organization}/members`, 'see'],
  [`PATCH ${organization}/members/{user_id}`, 'administer', { role: 'viewer' }],
  [`DELETE ${organization}/members/{user_id}`, 'administer'],
  [`GET ${organization}/invitations`, 'administer'],
  [`POST ${organization}/invitations`, 'administer', { email: 'new@example.com', role: 'viewer' }],
  [`DELETE ${organization}/invitations/{invitation_id}`, 'administer'],
  [`GET ${organization}/tokens`, 'administer'],
  ['GET /api/v1/tokens', 'self'],
  ['POST /api/v1/tokens', 'belong', { name: 'New', scope: 'clients:read' }, inOnesOwn],
  ['GET /api/v1/tokens/{token_id}', 'endToken'],
  ['DELETE /api/v1/tokens/{token_id}', 'endToken'],
  ['GET /api/v1/grants', 'self'],
  ['GET /api/v1/grants/{grant_id}', 'consent'],
  ['PATCH /api/v1/grants/{grant_id}', 'consent', { scope: 'openid' }],
  ['DELETE /api/v1/grants/{grant_id}', 'consent'],
  ['GET /api/v1/me', 'self'],
  ['GET /api/v1/scopes', 'self'],
];

const texts = { en: { title: 'New', description: 'Something new.' } };

/** Every operation on the platform itself: for operators, by a token of any organization of theirs. */
const ofPlatform: [operation: string, body?: unknown][] = [
  ['GET /api/v1/platform/scopes'],
  ['POST /api/v1/platform/scopes', { name: 'new:scope', texts }],
  ['GET /api/v1/platform/scopes/{scope_name}'],
  ['PATCH /api/v1/platform/scopes/{scope_name}', { position: 3 }],
  ['POST /api/v1/platform/scopes/{scope_name}/retire'],
  ['POST /api/v1/platform/scopes/{scope_name}/restore'],
  [
    'POST /api/v1/platform/scope-imports',
    {
      document: {
        openapi: '3.1.0',
        components: { securitySchemes: { a: { type: 'oauth2', flows: { b: { scopes: { 'imported:scope': 'x' } } } } } },
      },
    },
  ],
  ['GET /api/v1/platform/resources'],
  ['POST /api/v1/platform/resources', { uri: 'https://new.example', name: 'New', scope: 'files:read' }],
  ['GET /api/v1/platform/resources/{resource_uri}'],
  ['PATCH /api/v1/platform/resources/{resource_uri}', { name: 'Changed' }],
  ['DELETE /api/v1/platform/resources/{resource_uri}'],
];

/** The app beside it: to manage one is not to manage the other. */
const besideIt: Row[] = [
  ['PATCH /api/v1/clients/{other_client_id}', 'administer', { description: 'Changed' }],
  [
    'PATCH /api/2.0/clients/{other_client_id}/activation',
    'administer',
    { status: false },
    { ...docspaces, creator: 'missing' },
  ],
  ['PUT /v2/oauth_clients/{other_client_id}', 'administer', { name: 'Changed' }],
  ['PUT /v1/clients/{other_client_id}', 'administer', { name: 'Changed' }],
  ['PATCH /oauth2/clients/{other_client_id}', 'administer', { client_name: 'Changed' }],
];

const theirs: Row[] = [
  ...['/api/2.0/clients', '/api/2.0/oauth2/clients'].flatMap((prefix): Row[] => [
    [`GET ${prefix}/{client_id}`, 'see', undefined, docspaces],
    [`GET ${prefix}/{client_id}/info`, 'see', undefined, docspaces],
    [`PATCH ${prefix}/{client_id}/regenerate`, 'edit', undefined, docspaces],
    [`PATCH ${prefix}/{client_id}/activation`, 'edit', { status: false }, docspaces],
    [`DELETE ${prefix}/{client_id}`, 'remove', undefined, docspaces],
    [`GET ${prefix}/consents?limit=1`, 'self'],
    [`DELETE ${prefix}/{client_id}/revoke`, 'self', undefined, onlyOwnersIsThere],
  ]),
  ...['/v2/oauth_clients', '/v2/oauth/clients'].flatMap((prefix): Row[] => [
    [`GET ${prefix}/{client_id}`, 'see'],
    [`PUT ${prefix}/{client_id}`, 'edit', { name: 'Changed' }],
    [`DELETE ${prefix}/{client_id}`, 'remove'],
  ]),
  ['GET /v2/oauth_grants', 'self'],
  ['GET /v2/oauth_grants/{grant_id}', 'consent'],
  ['DELETE /v2/oauth_grants/{grant_id}', 'consent'],
  ['PUT /v1/clients/{client_id}', 'edit', { name: 'Changed' }],
  ['DELETE /v1/clients/{client_id}', 'remove'],
  ['DELETE /o/apps/{number}/', 'remove'],
  ['GET /oauth2/clients/{client_id}', 'see'],
  ['PATCH /oauth2/clients/{client_id}', 'edit', { client_name: 'Changed' }],
  ['PUT /oauth2/clients/{client_id}/secret', 'edit'],
  ['GET /oauth2/clients/{client_id}/ui-configuration', 'see'],
  ['PUT /oauth2/clients/{client_id}/ui-configuration', 'edit', { pageTitle: 'Changed' }],
  ['DELETE /oauth2/clients/{client_id}', 'remove'],
];

/** What a token may do is its scopes, as far as its person may in its organization: of an operator's powers it has none. */
const viewingOperator = 'an operator who is a viewer of the organization' as const;

const statuses: Record<Answer, number> = { yes: 200, no: 403, missing: 404, signIn: 401 };

async function send(operation: string, body: unknown, world: World, who: Who) {
  const [method = '', template = ''] = operation.split(' ');
  const { clientId, organizationId, spareId, secretId, productId, invitationId, tokenId, number } = world;
  const ids: Record<string, string | number> = {
    client_id: clientId,
    other_client_id: world.otherClientId,
    organization_id: organizationId,
    user_id: spareId,
    secret_id: secretId,
    product: productId,
    invitation_id: invitationId,
    token_id: tokenId,
    grant_id: world.grantId,
    scope_name: 'old:scope',
    resource_uri: encodeURIComponent('https://old.example'),
    number,
  };
  const path = template.replace(/\{(\w+)\}/g, (_, name) => String(ids[name]));
  const someone = world.people[who];
  const token =
    who === 'nobody' ? undefined : await aToken(db, someone as Someone, world.homes[who], { scopes: [...tokenScopes] });
  const image = path.endsWith('/logo') && method === 'PUT';
  const bySlashid = path.startsWith('/oauth2/');
  const headers = {
    ...(image && { 'content-type': 'image/svg+xml' }),
    ...(bySlashid && { 'slashid-orgid': world.homes[who], ...(token && { 'slashid-api-key': token }) }),
  };
  const asked = { ...(!bySlashid && { token }), body: image ? smallestImage : body, headers };
  return { method, ask: () => ask(method, path, asked) };
}

const smallestImage =
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>';

describe.each([...ours, ...theirs, ...besideIt])('%s (%s)', (operation, deed, body, but) => {
  test.each([...everybody, viewingOperator])('by %s', async (caller) => {
    const who = caller === viewingOperator ? 'viewer' : caller;
    const due =
      but?.[who] ?? (mayDo[deed][who] === 'yes' && deed !== 'self' ? throughToken[who] : undefined) ?? mayDo[deed][who];
    const world = await aWorld(db);
    if (caller === viewingOperator)
      world.people.viewer = await aPerson(db, { isOperator: true, roles: { [world.organizationId]: 'viewer' } });
    if (operation === `DELETE ${organization}`)
      await db.execute(`delete from clients where organization_id = '${world.organizationId}'`);
    const { method, ask } = await send(operation, body, world, who);
    const before = await keptBy(db, world);
    const answer = await ask();
    const text = await answer.text();
    if (due === 'yes') expect(answer.status, text).toBeLessThan(300);
    else expect(answer.status, text).toBe(statuses[due]);
    const changes = due === 'yes' && method !== 'GET' && !but?.[who] && !alreadySo.includes(operation);
    expect((await keptBy(db, world)) !== before).toBe(changes);
    if (due !== 'yes' || mayDo.see[who] !== 'yes' || who === 'operator') expect(text).not.toContain(world.marker);
  });
});

describe.each(ofPlatform)('%s', (operation, body) => {
  const kept = async () =>
    JSON.stringify(
      await db.execute(
        `select (select jsonb_agg(to_jsonb(s) order by name) from scopes s) as scopes,
          (select jsonb_agg(to_jsonb(r) order by uri) from resources r) as resources`,
      ),
    );
  test.each([...everybody, viewingOperator])('by %s', async (caller) => {
    const world = await aWorld(db);
    await db.execute(`
      delete from scopes where name like '%:scope';
      delete from resources;
      insert into scopes (name, group_name, access, texts, position, retired_at)
      values ('old:scope', 'api', 'read', '{"en": {"title": "Old", "description": "Old."}}', 9999,
        ${operation.endsWith('restore') ? 'now()' : 'null'});
      insert into resources (uri, name, scopes, access_token_format) values ('https://old.example', 'Old', '{read}', 'opaque')`);
    forgetConfigured('scopes');
    forgetConfigured('resources');
    if (caller === viewingOperator)
      world.people.viewer = await aPerson(db, { isOperator: true, roles: { [world.organizationId]: 'viewer' } });
    const who = caller === viewingOperator ? 'viewer' : caller;
    const { method, ask } = await send(operation, body, world, who);
    const before = await kept();
    const answer = await ask();
    const isOperator = caller === viewingOperator || caller === 'operator';
    if (isOperator) expect(answer.status, await answer.text()).toBeLessThan(300);
    else expect(answer.status).toBe(caller === 'nobody' ? 401 : 403);
    expect((await kept()) !== before).toBe(isOperator && method !== 'GET');
  });
});

test('every operation of our own API that takes a credential has its row', () => {
  const there = native.routes
    .filter(({ path }) => !path.startsWith('/public/') && !path.endsWith('.json'))
    .map(({ method, path }) => `${method} /api/v1${path.replace(/:(\w+)/g, '{$1}')}`);
  expect([...ours, ...ofPlatform].map(([operation]) => operation).toSorted()).toEqual(there.toSorted());
});
