import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, aClientId, anOrganizationWithApps } from '#support/docspace';

let mine: Awaited<ReturnType<typeof anOrganizationWithApps>>;
let own: string;
beforeAll(async () => {
  mine = await anOrganizationWithApps();
  own = (await mine.make('Docs bot')).client_id;
});

const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.constantFrom('\u0000', '\ud800', '__proto__', 1e308),
);
const member = fc.constantFrom(...Object.keys(aBody), 'status', '__proto__', 'constructor', 'client_id');
const body = fc
  .array(fc.tuple(member, value), { minLength: 1, maxLength: 4 })
  .map((members) => ({ ...aBody, ...Object.fromEntries(members) }));
const expected = [200, 201, 400, 404];

test('whatever is in a body, the answer is a success or an error with the reason', async () => {
  const calls = fc.constantFrom<[string, string]>(
    ['POST', '/api/2.0/clients'],
    ['PUT', '/api/2.0/clients/{id}'],
    ['PATCH', '/api/2.0/clients/{id}/activation'],
  );
  await fc.assert(
    fc.asyncProperty(calls, fc.oneof(body, value), async ([method, path], sent) => {
      const answer = await ask(method, path.replace('{id}', own), {
        token: mine.token,
        body: JSON.stringify(sent) ?? '',
      });
      expect(expected).toContain(answer.status);
      if (answer.status >= 400) expect(await answer.json()).toMatchObject({ status: answer.status });
    }),
    { numRuns: 150 },
  );
});

test('whatever is in a path or a query, the answer is never a 500', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed()),
    fc.constantFrom(own, aClientId, '..', '%', '0'),
  );
  const name = fc.constantFrom('limit', 'ids', 'last_client_id', 'last_created_on', 'last_modified_on');
  await fc.assert(
    fc.asyncProperty(text, name, text, async (id, parameter, given) => {
      const query = `${parameter}=${encodeURIComponent(given)}`;
      for (const path of [
        `/${encodeURIComponent(id)}`,
        `/${encodeURIComponent(id)}/public/info`,
        `?${query}`,
        `/info?limit=1&${query}`,
        `/consents?limit=1&${query}`,
      ]) {
        const { status } = await ask('GET', `/api/2.0/clients${path}`, mine);
        expect(status, path).toBeLessThan(500);
      }
    }),
    { numRuns: 75 },
  );
});
