import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '#support/api';
import { aBody, aRegistrar, refusalOf } from '#support/registration';
import { startSecureCanary } from '#support/secure-canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const documents: Record<string, unknown> = {
  '/all': ['https://notes.example/cb', 'https://other.example/cb'],
  '/few': ['https://notes.example/cb'],
  '/object': { uris: [] },
};
const server = await startSecureCanary((request, response) => {
  response.writeHead(request.url && request.url in documents ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(documents[request.url ?? '']));
});
afterAll(() => server.stop());

let mine: Awaited<ReturnType<typeof aRegistrar>>;
beforeAll(async () => {
  mine = await aRegistrar();
});
const pairwise = (path: string) => ({
  redirect_uris: ['https://notes.example/cb', 'https://other.example/cb'],
  subject_type: 'pairwise',
  sector_identifier_uri: server.origin + path,
});

describe('a sector identifier URI (M17), over https', () => {
  test('that lists every redirect URI is registered', async () => {
    expect(await mine.register(pairwise('/all'))).toMatchObject(pairwise('/all'));
    expect(server.paths).toContain('/all');
  });

  test.each(['/few', '/object', '/missing'])('%s does not: the registration is refused', async (path) => {
    const answer = await ask('POST', '/oauth/register', { token: mine.token, body: { ...aBody, ...pairwise(path) } });
    expect([answer.status, await refusalOf(answer)]).toMatchObject([400, { error: 'invalid_client_metadata' }]);
  });
});
