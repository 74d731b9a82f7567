import { describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { aBody, anOrganizationWithApps } from '#support/docspace';

describe('a client secret', () => {
  test('is in the answers that promise it and in no other, nor in the history', async () => {
    const { owner, organizationId, token, make } = await anOrganizationWithApps();
    const blind = await aToken(db, owner, organizationId, { scopes: ['clients:read', 'clients:write'] });
    const made = await make('Canary');
    const id = made.client_id;
    const secrets = [made.client_secret];
    const holds = (text: string) => secrets.some((secret) => text.includes(secret)) || text.includes('client_secret"');

    const regenerated = await ask('PATCH', `/api/2.0/clients/${id}/regenerate`, { token: blind });
    secrets.push(((await regenerated.json()) as { client_secret: string }).client_secret);
    expect(await (await ask('GET', `/api/2.0/clients/${id}`, { token })).text()).toContain(secrets[1]);

    const body = { ...aBody, name: 'Canary' };
    const calls: [string, string, { token?: string; body?: unknown }?][] = [
      ['GET', '/clients', { token }],
      ['GET', `/clients/${id}`, { token: blind }],
      ['GET', `/clients/${id}/info`, { token }],
      ['GET', `/clients/${id}/public/info`],
      ['GET', `/clients/public/${id}/info`, { token }],
      ['GET', '/clients/info?limit=50', { token }],
      ['GET', `/clients/info?ids=${id}`, { token }],
      ['GET', '/scopes', { token }],
      ['PUT', `/clients/${id}`, { token, body }],
      ['PUT', `/clients/${id}`, { token, body: { ...body, name: secrets[1], allowed_origins: ['nonsense'] } }],
      ['PATCH', `/clients/${id}/activation`, { token, body: { status: false } }],
      ['PATCH', `/clients/${id}/activation`, { token, body: { status: secrets[1] } }],
      ['DELETE', `/clients/${id}`, { token }],
    ];
    for (const [method, path, options] of calls) {
      const answer = await ask(method, `/api/2.0${path}`, options);
      const said = `${JSON.stringify([...answer.headers])}${await answer.text()}`;
      expect(holds(said), `${method} ${path}: ${said}`).toBe(false);
    }
    expect(holds(JSON.stringify(await db.select().from(auditEvents)))).toBe(false);
  });

  test('made by another channel, of which no readable copy is kept, is left out', async () => {
    const { owner, organizationId, token } = await anOrganizationWithApps();
    const { createClient } = await import('#lib/clients/index');
    const { client } = await createClient(owner, {
      organizationId,
      metadata: { name: 'Portal app', redirectUris: ['https://bot.example/callback'] },
    });
    const answer = await ask('GET', `/api/2.0/clients/${client.clientId}`, { token });
    const shown = (await answer.json()) as Record<string, unknown>;
    expect(answer.status).toBe(200);
    expect(shown).toMatchObject({ name: 'Portal app', logo: null, website_url: null });
    expect(shown).not.toHaveProperty('client_secret');
  });
});

describe('private answers', () => {
  test('are neither stored nor indexed; public information is', async () => {
    const { token, make } = await anOrganizationWithApps();
    const { client_id } = await make('Docs bot');
    for (const path of ['/clients', `/clients/${client_id}`, `/clients/${client_id}/info`, '/scopes', '/nothing']) {
      const { headers } = await ask('GET', `/api/2.0${path}`, { token });
      expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    const { headers } = await ask('GET', `/api/2.0/clients/${client_id}/public/info`);
    expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-cache', null]);
  });
});
