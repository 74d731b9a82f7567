import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#lib/kernel/actor';
import { ask } from '#support/api';
import { aTenant, json, type Made } from '#support/native';

let mine: Awaited<ReturnType<typeof aTenant>>;
const tokens = new Map<Role, string>();
let made: Made;
beforeAll(async () => {
  mine = await aTenant();
  for (const role of ['owner', 'admin', 'developer', 'viewer'] as const)
    tokens.set(role, (await mine.tokenOf(role)).token);
  made = await mine.make();
});

const here = () => `/organizations/${mine.organizationId}`;
const body = { client_name: 'x', application_type: 'machine' };

/** Who may do what, on a client that somebody else made: what is not allowed is 403, as everyone may see it. */
const table: [what: string, method: string, path: (id: string) => string, body: object | undefined, may: Role[]][] = [
  ['list', 'GET', () => '/clients', undefined, ['owner', 'admin', 'developer', 'viewer']],
  ['read', 'GET', (id) => `/clients/${id}`, undefined, ['owner', 'admin', 'developer', 'viewer']],
  ['create', 'POST', () => '/clients', body, ['owner', 'admin', 'developer']],
  ['clone', 'POST', (id) => `/clients/${id}/clone`, {}, ['owner', 'admin', 'developer']],
  ['edit', 'PATCH', (id) => `/clients/${id}`, { description: 'x' }, ['owner', 'admin']],
  ['disable', 'POST', (id) => `/clients/${id}/disable`, undefined, ['owner', 'admin']],
  ['enable', 'POST', (id) => `/clients/${id}/enable`, undefined, ['owner', 'admin']],
  ['see secrets', 'GET', (id) => `/clients/${id}/secrets`, undefined, ['owner', 'admin', 'developer']],
  ['make a secret', 'POST', (id) => `/clients/${id}/secrets`, { name: 'x' }, ['owner', 'admin']],
  ['rotate', 'POST', (id) => `/clients/${id}/secrets/rotate`, {}, ['owner', 'admin']],
  ['see history', 'GET', (id) => `/clients/${id}/history`, undefined, ['owner', 'admin', 'developer', 'viewer']],
  ['see members', 'GET', () => `${here()}/members`, undefined, ['owner', 'admin', 'developer', 'viewer']],
  ['see invitations', 'GET', () => `${here()}/invitations`, undefined, ['owner', 'admin']],
  ['rename', 'PATCH', () => here(), { name: 'Acme' }, ['owner', 'admin']],
  ['make a product', 'POST', () => `${here()}/products`, { name: 'x' }, ['owner', 'admin']],
  ['see everyone’s tokens', 'GET', () => `${here()}/tokens`, undefined, ['owner', 'admin']],
  ['see own tokens', 'GET', () => '/tokens', undefined, ['owner', 'admin', 'developer', 'viewer']],
  ['delete', 'DELETE', (id) => `/clients/${id}`, undefined, ['owner', 'admin']],
];

describe.each(table)('%s', (what, method, path, sent, may) => {
  test.each(['owner', 'admin', 'developer', 'viewer'] as const)('as %s', async (role) => {
    const { client_id } = what === 'delete' ? await mine.make() : made;
    const token = tokens.get(role) ?? '';
    const { status } = await ask(method, `/api/v1${path(client_id)}`, { token, body: sent });
    if (may.includes(role)) expect(status).toBeLessThan(300);
    else expect(status).toBe(403);
  });
});

test('a developer edits, rotates and deletes what they created', async () => {
  const token = tokens.get('developer') ?? '';
  const own = await json<Made>(await ask('POST', '/api/v1/clients', { token, body }), 201);
  const at = `/api/v1/clients/${own.client_id}`;
  expect((await ask('PATCH', at, { token, body: { description: 'mine' } })).status).toBe(200);
  expect((await ask('POST', `${at}/secrets/rotate`, { token })).status).toBe(201);
  expect((await ask('DELETE', at, { token })).status).toBe(204);
});
