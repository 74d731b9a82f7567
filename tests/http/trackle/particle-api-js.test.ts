import Particle from 'particle-api-js';
import { expect, test } from 'vitest';
import { log, origin } from '#support/listening';
import { aClientId, anOrganizationWithProduct, type Item } from '#support/trackle';

type Failure = Error & { statusCode: number; errorDescription: string; shortErrorDescription: string; body: unknown };

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

/** Each method whose name or code speaks of OAuth clients, and what it does here. */
const methods: Record<string, (mine: Awaited<ReturnType<typeof aProgram>>) => Promise<void>> = {
  listOAuthClients: async ({ make, list }) => {
    const { id, secret } = await make({ name: 'my-app', type: 'installed' });
    expect(await list({})).toMatchObject([{ id, secret }]);
  },
  createOAuthClient: async ({ call, list }) => {
    const { statusCode, body } = await call('createOAuthClient', { name: 'my-app', type: 'installed', scope: 'read' });
    expect([statusCode, body]).toEqual([200, { ok: true, client: (await list({}))[0] }]);
  },
  updateOAuthClient: async ({ call, make }) => {
    const { id } = await make({ name: 'my-app', type: 'installed' });
    const { body } = await call('updateOAuthClient', { clientId: id, name: 'renamed', scope: 'read write' });
    expect(body).toMatchObject({ ok: true, client: { id, name: 'renamed', scope: 'read write' } });
    // A member that is left out keeps its value.
    const again = await call('updateOAuthClient', { clientId: id });
    expect(again.body).toEqual(body);
  },
  deleteOAuthClient: async ({ call, make, list }) => {
    const { id } = await make({ name: 'my-app', type: 'installed' });
    expect(await call('deleteOAuthClient', { clientId: id })).toEqual({ body: {}, statusCode: 204 });
    expect(await list({})).toEqual([]);
  },
  loginAsClientOwner: async ({ make }) => {
    const { id, secret } = await make({ name: 'my-app', type: 'installed', scope: 'read' });
    const options = { baseUrl: origin, clientId: id, clientSecret: secret };
    const { body } = await new Particle(options).loginAsClientOwner();
    expect(body).toMatchObject({
      access_token: expect.stringMatching(/^clt_mt_/),
      token_type: 'Bearer',
      scope: 'read',
    });
  },
  // A password is given to nobody but the sign-in page (RFC 9700 §2.4), so neither is a second factor for it.
  login: async ({ make }) => {
    const { id, secret } = await make({ name: 'my-app', type: 'installed' });
    const particle = new Particle({ baseUrl: origin, clientId: id, clientSecret: secret });
    const failure = await failureOf(particle.login({ username: 'a@example.com', password: 'x' }));
    expect([failure.statusCode, failure.body]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
  },
  sendOtp: async ({ make }) => {
    const { id, secret } = await make({ name: 'my-app', type: 'installed' });
    const particle = new Particle({ baseUrl: origin, clientId: id, clientSecret: secret });
    const failure = await failureOf(particle.sendOtp({ mfaToken: 'x', otp: '123456' }));
    expect([failure.statusCode, failure.body]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
  },
  // Customers of a product are people of that platform: the registry keeps none.
  createCustomer: async ({ product }) => {
    const particle = new Particle({ baseUrl: origin });
    const asked = { email: 'a@example.com', password: 'x', product: product.slug };
    expect((await failureOf(particle.createCustomer(asked))).statusCode).toBe(404);
  },
};

const speaking = Object.getOwnPropertyNames(Particle.prototype).filter((name) => {
  const { value } = Object.getOwnPropertyDescriptor(Particle.prototype, name) ?? {};
  // `client` makes an object of the package's own, and asks nothing.
  if (typeof value !== 'function' || name === 'constructor' || name === 'client') return false;
  return /client/i.test(name) || /client_id|clientId/.test(value.toString());
});

test('every method of the package that speaks of OAuth clients is tried here', () => {
  expect(Object.keys(methods).toSorted()).toEqual(speaking.toSorted());
});

test.each(Object.keys(methods))('%s', async (name) => methods[name]?.(await aProgram()));

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
