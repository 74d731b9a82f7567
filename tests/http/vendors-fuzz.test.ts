import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ask } from '#support/api';
import { anAccount, errorOf } from '#support/apps';
import { anOrg, call, machine, messagesOf, site } from '#support/slashid';
import { anOrganizationWithProduct, installed, refusalOf, web } from '#support/trackle';

type Send = (method: string, path: string, body?: string, type?: string) => Promise<Response>;
type Vendor = {
  send: Send;
  judge: (answer: Response) => Promise<unknown>;
  /** Each call that takes a body, with one that it accepts. */
  calls: [method: string, path: string, body: object][];
  reads: string[];
};

let vendors: Vendor[];
beforeAll(async () => {
  const [trackle, apps, slashid] = [await anOrganizationWithProduct(), await anAccount(), await anOrg()];
  const withToken =
    (token: string): Send =>
    (method, path, body, type = 'application/json') =>
      ask(method, path, { token, body, headers: body === undefined ? {} : { 'content-type': type } });
  const own = (await trackle.make(installed)).id;
  const theirs = (await slashid.make(machine)).client_id;
  vendors = [
    {
      send: withToken(trackle.token),
      judge: refusalOf,
      calls: [
        ['POST', '/v1/clients', web],
        ['POST', `/v1/products/${trackle.product.id}/clients`, installed],
        ['PUT', `/v1/clients/${own}`, { name: 'x', scope: 'read' }],
      ],
      reads: ['/v1/products/{}/clients', '/v1/clients?{}', '/v1/clients/{}'],
    },
    {
      send: withToken(apps.token),
      judge: errorOf,
      calls: [['POST', '/o/apps/', { name: 'x' }]],
      reads: ['/o/apps/{}/', '/o/apps/?{}'],
    },
    {
      send: (method, path, body, type = 'application/json') =>
        call(method, path, { ...slashid, body, headers: body === undefined ? {} : { 'content-type': type } }),
      judge: messagesOf,
      calls: [
        ['POST', '/oauth2/clients', site],
        ['POST', '/oauth2/tokens/mint', { person_id: theirs, client_id: theirs, scopes: ['read'], custom_claims: {} }],
        ['PATCH', `/oauth2/clients/${theirs}`, { ...machine, access_token_duration: 60 }],
        [
          'PUT',
          `/oauth2/clients/${theirs}/ui-configuration`,
          { pageTitle: 'x', themeVars: {}, textOverrides: {}, logoUrl: 'x' },
        ],
      ],
      reads: [
        '/oauth2/clients/{}',
        '/oauth2/clients?limit={}',
        '/oauth2/clients?offset={}',
        '/oauth2/clients/{}/ui-configuration',
      ],
    },
  ];
});

const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.dictionary(fc.string(), fc.string()),
  fc.constantFrom<unknown>('\u0000', '\ud800', '__proto__', 1e308, -0, null, [], {}),
);
const expected = [200, 201, 400, 404, 405];

test('whatever a body holds, the answer is a success or a refusal in the shape of its API', async () => {
  const which = fc.nat({ max: 2 });
  const strange = fc.tuple(fc.nat(), fc.constantFrom('__proto__', 'constructor', 'more', 'x'), value);
  await fc.assert(
    fc.asyncProperty(
      which,
      fc.nat(),
      fc.array(strange, { minLength: 1, maxLength: 4 }),
      async (vendor, at, changes) => {
        const { send, judge, calls } = vendors[vendor] as Vendor;
        const [method, path, good] = calls[at % calls.length] as Vendor['calls'][number];
        const names = Object.keys(good);
        const members = changes.map(([place, other, changed]) => [names[place % (names.length + 1)] ?? other, changed]);
        const answer = await send(method, path, JSON.stringify({ ...good, ...Object.fromEntries(members) }));
        expect(expected).toContain(answer.status);
        if (answer.status >= 400) await judge(answer);
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever is in a path or a query, the answer is never a 500', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed()),
    fc.constantFrom('..', '%', '0', '1', '-1', '1e9', '9'.repeat(30)),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 2 }), text, async (vendor, given) => {
      const { send, reads } = vendors[vendor] as Vendor;
      for (const path of reads)
        for (const method of ['GET', 'DELETE']) {
          const { status } = await send(method, path.replace('{}', encodeURIComponent(given)));
          expect(status, `${method} ${path} ${given}`).toBeLessThan(500);
        }
    }),
    { numRuns: 100 },
  );
});

test('whatever a form holds, Trackle’s API answers it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.dictionary(fc.constantFrom('name', 'type', 'scope'), fc.string()),
      async (text, members) => {
        const { send, judge } = vendors[0] as Vendor;
        for (const body of [text.toWellFormed(), new URLSearchParams(members).toString()]) {
          const answer = await send('POST', '/v1/clients', body, 'application/x-www-form-urlencoded');
          expect([200, 400]).toContain(answer.status);
          if (answer.status === 400) await judge(answer);
        }
      },
    ),
    { numRuns: 100 },
  );
});
