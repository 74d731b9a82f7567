import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients } from '#db/schema/client';
import { provenances } from '#lib/clients/rules';
import { aPerson } from '#support/actors';
import { ask, aToken } from '#support/api';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';
import { aBody, anOrganizationWithApps, fullKeys, type Item, logo, problemOf } from '#support/docspace';

let mine: Awaited<ReturnType<typeof anOrganizationWithApps>>;
let app: Item & { client_secret: string };
let path: string;
beforeEach(async () => {
  mine = await anOrganizationWithApps();
  app = await mine.make('Docs bot');
  path = `/api/2.0/clients/${app.client_id}`;
});

const post = async (body: object) => {
  const answer = await ask('POST', '/api/2.0/clients', { token: mine.token, body });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as Item;
};
const look = async () => (await (await ask('GET', path, mine)).json()) as Item;
const audit = async () =>
  (await db.select().from(auditEvents).where(eq(auditEvents.targetId, app.client_id)).orderBy(auditEvents.id)).map(
    ({ action }) => action,
  );

async function expectEmpty(answer: Response) {
  expect([answer.status, await answer.text()]).toEqual([200, '']);
}

describe('POST /clients', () => {
  test('answers 201 with the whole client, its secret, and our own PNG of its logo', async () => {
    expect(Object.keys(app).sort()).toEqual([...fullKeys, 'client_secret'].sort());
    expect(app.client_secret).toMatch(/^clt_cs_[A-Za-z0-9]{49}$/);
    expect(app.client_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(app.logo).toMatch(/^data:image\/png;base64,/);
    expect(new Date(String(app.created_on)).getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('tells the secret also to a token that may not see secrets later', async () => {
    const token = await aToken(db, mine.owner, mine.organizationId, { scopes: ['clients:write'] });
    const answer = await ask('POST', '/api/2.0/clients', { token, body: aBody });
    expect(await answer.json()).toHaveProperty('client_secret');
  });

  test('an SVG becomes a PNG; one with a script is refused', async () => {
    const sent = (inside: string) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">${inside}</svg>`;
      return { ...aBody, logo: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
    };
    const made = await post(sent('<rect width="8" height="8"/>'));
    expect(
      Buffer.from(String(made.logo).split(',')[1] ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const scripted = sent('<script>alert(1)</script>');
    const answer = await ask('POST', '/api/2.0/clients', { token: mine.token, body: scripted });
    expect((await problemOf(answer)).errors).toMatchObject([{ field: 'logo', code: 'ErrorPattern' }]);
  });

  test('allow_pkce adds the method none; is_public: false is kept', async () => {
    const made = await post({ ...aBody, allow_pkce: true, is_public: false });
    expect(made).toMatchObject({ authentication_methods: ['client_secret_post', 'none'], is_public: false });
    expect(app).toMatchObject({ authentication_methods: ['client_secret_post'], is_public: true });
  });

  test('addresses without a scheme get https; redirects to this machine and to claude:// are kept as sent', async () => {
    const made = await post({
      ...aBody,
      website_url: 'bot.example',
      terms_url: 'bot.example/terms',
      logout_redirect_uri: 'bot.example/bye',
      redirect_uris: ['http://localhost:3000/callback', 'http://127.0.0.1/callback'],
      allowed_origins: ['http://localhost:3000'],
    });
    expect(made).toMatchObject({
      website_url: 'https://bot.example',
      terms_url: 'https://bot.example/terms',
      logout_redirect_uris: ['https://bot.example/bye'],
      redirect_uris: ['http://localhost:3000/callback', 'http://127.0.0.1/callback'],
    });
    expect(await post({ ...aBody, redirect_uris: ['claude://callback'] })).toMatchObject({
      redirect_uris: ['claude://callback'],
    });
  });
});

describe('PUT /clients/{id}', () => {
  test('changes what that API lets change, answers 200 without a body, and is noted', async () => {
    const changed = {
      name: 'Docs robot',
      description: 'Files more',
      logo,
      allow_pkce: true,
      is_public: false,
      allowed_origins: ['https://other.example'],
      scopes: ['files:read'],
    };
    await expectEmpty(await ask('PUT', path, { token: mine.token, body: { ...aBody, ...changed, enabled: false } }));
    const { logo: shown, ...rest } = await look();
    expect(shown).toBe(app.logo);
    expect(rest).toMatchObject({
      name: 'Docs robot',
      description: 'Files more',
      authentication_methods: ['client_secret_post', 'none'],
      is_public: false,
      allowed_origins: ['https://other.example'],
      scopes: ['files:read'],
      enabled: true,
    });
    expect(await audit()).toContain('client.update');
  });

  test('leaves redirect URIs and pages as they are, whatever is sent for them', async () => {
    const body = {
      ...aBody,
      redirect_uris: ['https://evil.example/cb'],
      website_url: 'https://evil.example',
      scopes: undefined,
    };
    await expectEmpty(await ask('PUT', path, { token: mine.token, body }));
    expect(await look()).toMatchObject({
      redirect_uris: app.redirect_uris,
      website_url: app.website_url,
      scopes: app.scopes,
    });
  });

  test('what the list showed can be sent back', async () => {
    await expectEmpty(await ask('PUT', path, { token: mine.token, body: await look() }));
    expect(await look()).toEqual({ ...app, client_secret: app.client_secret });
  });

  test.each<[object, string]>([
    [{ name: '' }, 'name EmptyFieldError'],
    [{ name: 'xy' }, 'name ErrorName'],
    [{ logo: undefined }, 'logo EmptyFieldError'],
    [{ allowed_origins: undefined }, 'allowed_origins EmptyFieldError'],
    [{ allowed_origins: ['http://localhost:3000'] }, 'allowed_origins ErrorWrongURL'],
    [{ scopes: ['no:such'] }, 'scopes ErrorInvalidScope'],
  ])('refuses %j and changes nothing', async (wrong, expected) => {
    const answer = await ask('PUT', path, { token: mine.token, body: { ...aBody, description: 'Other', ...wrong } });
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { field: string; code: string }[] };
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([expected]);
    expect(await look()).toEqual(app);
  });
});

describe('PATCH /clients/{id}/regenerate', () => {
  test('answers a new secret and nothing else; the one before is gone', async () => {
    const answer = await ask('PATCH', `${path}/regenerate`, mine);
    expect(answer.status).toBe(200);
    const fresh = (await answer.json()) as { client_secret: string };
    expect(Object.keys(fresh)).toEqual(['client_secret']);
    expect(fresh.client_secret).not.toBe(app.client_secret);
    expect((await look()).client_secret).toBe(fresh.client_secret);
    expect(await audit()).toEqual(expect.arrayContaining(['secret.rotate', 'secret.read']));
  });
});

describe('PATCH /clients/{id}/activation', () => {
  test('switches off and on again, with empty answers', async () => {
    const set = (body: object) => ask('PATCH', `${path}/activation`, { token: mine.token, body });
    await expectEmpty(await set({ status: false }));
    expect((await look()).enabled).toBe(false);
    await expectEmpty(await set({ status: false }));
    await expectEmpty(await set({ status: true }));
    expect((await look()).enabled).toBe(true);
    for (const body of [{}, { status: null }, { status: 'false' }, { status: 0 }])
      expect((await set(body)).status).toBe(400);
    expect((await look()).enabled).toBe(true);
  });
});

describe('DELETE', () => {
  test('/clients/{id} deletes one client for good', async () => {
    const other = await mine.make('Other bot');
    await expectEmpty(await ask('DELETE', path, mine));
    for (const gone of [path, `${path}/info`, `${path}/public/info`])
      expect((await ask('GET', gone, mine)).status).toBe(404);
    expect((await ask('DELETE', path, mine)).status).toBe(404);
    expect((await ask('GET', `/api/2.0/clients/${other.client_id}`, mine)).status).toBe(200);
  });

  test('/clients deletes all the caller’s own, /clients/tenant everybody’s, each in its own organization only', async () => {
    const user = await aToken(
      db,
      await aPerson(db, { roles: { [mine.organizationId]: 'developer' } }),
      mine.organizationId,
    );
    const ofUser = await mine.make('made by user', user);
    const theirs = await anOrganizationWithApps();
    const foreign = await theirs.make('foreign');
    const status = async ({ client_id }: Item, token = mine.token) =>
      (await ask('GET', `/api/2.0/clients/${client_id}`, { token })).status;

    await expectEmpty(await ask('DELETE', '/api/2.0/clients', { token: user }));
    expect([await status(ofUser), await status(app)]).toEqual([404, 200]);
    const refused = await ask('DELETE', '/api/2.0/clients/tenant', { token: user });
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([403, 'Access denied']);
    expect(await status(app)).toBe(200);
    const again = await mine.make('made by user again', user);
    await expectEmpty(await ask('DELETE', '/api/2.0/oauth2/clients/tenant', mine));
    expect([await status(again), await status(app), await status(foreign, theirs.token)]).toEqual([404, 404, 200]);
  });

  test.each([
    '/api/2.0/clients',
    '/api/2.0/clients/tenant',
    '/api/2.0/oauth2/clients',
    '/api/2.0/oauth2/clients/tenant',
  ])('%s leaves every app that was made in the portal or through another API', async (all) => {
    const { organizationId, owner } = mine;
    const others = provenances.filter((one) => one !== 'docspace' && one !== 'metadata_document');
    const createdBy = owner.actor.userId;
    const kept = await Promise.all(
      others.map((provenance) => aClientRow(db, { organizationId, createdBy, provenance })),
    );
    await expectEmpty(await ask('DELETE', all, mine));
    const left = await db.select().from(clients).where(eq(clients.organizationId, organizationId));
    expect(left.map(({ clientId }) => clientId).toSorted()).toEqual(kept.toSorted());
  });
});

describe('a USER', () => {
  test('does with their own apps what an ADMIN does with all, and finds no others', async () => {
    const person = await aPerson(db, { roles: { [mine.organizationId]: 'developer' } });
    const token = await aToken(db, person, mine.organizationId);
    const own = `/api/2.0/clients/${(await mine.make('made by user', token)).client_id}`;
    const calls = (at: string): Promise<Response>[] => [
      ask('PUT', at, { token, body: aBody }),
      ask('PATCH', `${at}/regenerate`, { token }),
      ask('PATCH', `${at}/activation`, { token, body: { status: false } }),
      ask('GET', `${at}/info`, { token }),
    ];
    const statuses = async (at: string) => (await Promise.all(calls(at))).map(({ status }) => status);
    expect(await statuses(path)).toEqual([404, 404, 404, 404]);
    expect((await ask('DELETE', path, { token })).status).toBe(404);
    expect(await statuses(own)).toEqual([200, 200, 200, 200]);
    await expectEmpty(await ask('DELETE', own, { token }));
    expect(await look()).toMatchObject({ name: 'Docs bot', enabled: true, client_secret: app.client_secret });
  });
});

describe('a GUEST', () => {
  test('can neither create nor change nor delete', async () => {
    const guest = await aPerson(db, { roles: { [mine.organizationId]: 'viewer' } });
    const token = await aToken(db, guest, mine.organizationId);
    const answers = await Promise.all([
      ask('POST', '/api/2.0/clients', { token, body: aBody }),
      ask('PUT', path, { token, body: aBody }),
      ask('PATCH', `${path}/regenerate`, { token }),
      ask('PATCH', `${path}/activation`, { token, body: { status: false } }),
      ask('DELETE', path, { token }),
      ask('DELETE', '/api/2.0/clients', { token }),
      ask('DELETE', '/api/2.0/clients/tenant', { token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(403));
    expect(await look()).toMatchObject({ enabled: true, client_secret: app.client_secret });
  });
});
