import Particle from 'particle-api-js';
import { expect, test } from 'vitest';
import { log, origin } from '#support/listening';
import { aClientId, anOrganizationWithProduct, type Item } from '#support/trackle';

type Failure = Error & { statusCode: number; errorDescription: string; shortErrorDescription: string };

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const outcome = await call.then(
    () => undefined,
    (error: Failure) => error,
  );
  if (!outcome) throw new Error('it did not fail');
  return outcome;
}

/** The package's declarations call a scope an object and a list `{ clients }`; its code sends and returns what there is. */
type Program = Record<
  'listOAuthClients' | 'createOAuthClient' | 'updateOAuthClient' | 'deleteOAuthClient',
  (options: never) => Promise<{ body: unknown; statusCode: number }>
>;

async function aProgram() {
  const mine = await anOrganizationWithProduct();
  const particle: Program = new Particle({ baseUrl: origin, auth: mine.token });
  const call = (name: keyof Program, options: object) => particle[name](options as never);
  const list = async (options: object) => (await call('listOAuthClients', options)).body as Item[];
  return { ...mine, call, list };
}

type Made = { ok: boolean; client: Item };

test.each(['no product', 'the product’s id', 'the product’s slug'])(
  'particle-api-js creates, lists, updates and deletes with %s',
  async (which) => {
    const { call, product, organization, list } = await aProgram();
    const named = { 'no product': undefined, 'the product’s id': String(product.id) }[which] ?? product.slug;
    const within = which === 'no product' ? {} : { product: named };

    const installed = await call('createOAuthClient', { name: 'my-app', type: 'installed', ...within });
    expect(installed.statusCode).toBe(200);
    const web = await call('createOAuthClient', {
      name: 'my-site',
      type: 'web',
      redirect_uri: 'https://site.example/callback',
      scope: 'create:customers',
      ...within,
    });
    const { client } = web.body as Made;
    expect(client).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'my-site',
      org_id: organization.externalId,
      scope: 'create:customers',
      secret: expect.stringMatching(/^clt_cs_/),
      type: 'web',
      redirect_uri: 'https://site.example/callback',
    });
    expect(await list(within)).toEqual([(installed.body as Made).client, client]);

    const renamed = await call('updateOAuthClient', { clientId: client.id, name: 'my-new-site', scope: '', ...within });
    expect(renamed).toMatchObject({
      statusCode: 200,
      body: { ok: true, client: { ...client, name: 'my-new-site', scope: '' } },
    });
    const gone = await call('deleteOAuthClient', { clientId: client.id, ...within });
    expect(gone).toEqual({ body: {}, statusCode: 204 });
    expect((await list(within)).map(({ name }) => name)).toEqual(['my-app']);
  },
);

test('its errors carry text', async () => {
  const { call } = await aProgram();
  const failures: [() => Promise<unknown>, number, RegExp][] = [
    [() => call('createOAuthClient', { name: 'x', type: 'web' }), 400, /redirect_uri: /],
    [() => call('createOAuthClient', { name: '', type: 'desktop' }), 400, /type: Choose one of installed, web/],
    [() => call('createOAuthClient', { name: 'x', type: 'installed', scope: { a: true } }), 400, /scope: /],
    [() => call('updateOAuthClient', { clientId: aClientId, name: 'x' }), 404, /Client not found/],
    [() => call('deleteOAuthClient', { clientId: 'nonsense' }), 404, /Client not found/],
    [() => call('listOAuthClients', { product: 'nothing' }), 404, /Product not found/],
    [() => call('listOAuthClients', { auth: 'wrong' }), 401, /Send an API token/],
  ];
  for (const [fails, status, text] of failures) {
    const { statusCode, shortErrorDescription, errorDescription } = await failureOf(fails());
    expect([statusCode, shortErrorDescription]).toEqual([status, expect.stringMatching(text)]);
    expect(errorDescription).toMatch(text);
  }
});

test('a token in the query of a GET is accepted and not written to the log', async () => {
  const { token, make } = await anOrganizationWithProduct();
  await make({ name: 'x', type: 'installed' });
  const answer = await fetch(`${origin}/v1/clients?access_token=${token}`);
  expect([answer.status, ((await answer.json()) as unknown[]).length]).toEqual([200, 1]);
  expect(JSON.stringify(log)).not.toContain(token);
});
