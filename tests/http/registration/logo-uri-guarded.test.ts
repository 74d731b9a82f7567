import { afterAll, expect, test } from 'vitest';
import { logoFetches } from '#db/schema/logo-fetch';
import { fetchDueLogos } from '#lib/logo-fetches/index';
import { db } from '#support/database';
import { picture } from '#support/pictures';
import { aRegistrar } from '#support/registration';
import { startSecureCanary } from '#support/secure-canary';

const red = await picture('#ff0000');
const server = await startSecureCanary((_, response) => void response.writeHead(200).end(red));
afterAll(() => server.stop());

test.each([
  ['on this machine', `${server.origin}/logo.png`],
  ['on this machine, by a name', `https://localhost:${server.port}/logo.png`],
  ['inside a network', 'https://10.0.0.1/logo.png'],
  ['where a cloud keeps its secrets', 'https://169.254.169.254/logo.png'],
])('a logo %s is not fetched', async (_title, logo_uri) => {
  const { register } = await aRegistrar();
  const { client_id } = await register({ logo_uri });
  expect(await fetchDueLogos(db)).toBe(1);
  expect(server.connections()).toBe(0);
  const rows = await db.select().from(logoFetches);
  expect(rows.find(({ clientId }) => clientId === client_id)).toMatchObject({ attempts: 1 });
});
