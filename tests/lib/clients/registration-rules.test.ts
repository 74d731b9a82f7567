import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isClientId } from '#lib/clients/client';
import { judgeSectorDocument } from '#lib/clients/references';
import { readMetadata } from '#lib/clients/rules';
import { completeMetadata } from '#lib/clients/rules/complete-metadata';
import { judgeMetadata } from '#lib/clients/rules/metadata';
import { judgeSectorList } from '#lib/clients/rules/metadata-redirects';
import { judgeOpenRegistration, judgeSameSoftware } from '#lib/registrations/rules';
import { startCanary } from '#support/canary';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';

const redirectUris = ['https://notes.example/cb', 'https://other.example/cb'];
const notes = { name: 'Notes', redirectUris };
/** The rules that this registration breaks, and where. */
const broken = (input: object) => {
  const { metadata, issues } = readMetadata({ ...notes, ...input }, 'ignored');
  const judged = judgeMetadata(completeMetadata({ ...notes, ...metadata }, 'registration'), {
    channel: 'registration',
  });
  return [...issues, ...judged]
    .filter(({ severity }) => severity !== 'warning')
    .map(({ rule, field }) => `${rule} ${field}`);
};

describe('M17', () => {
  test('pairwise subjects of several hosts need a sector; of one host, and public ones, none', () => {
    expect(broken({ subjectType: 'pairwise' })).toEqual(['M17 sectorIdentifierUri']);
    expect(broken({ subjectType: 'pairwise', redirectUris: redirectUris.slice(1) })).toEqual([]);
    expect(broken({ subjectType: 'public' })).toEqual([]);
    expect(broken({ subjectType: 'pairwise', sectorIdentifierUri: 'https://notes.example/sector' })).toEqual([]);
  });

  test.each(['http://notes.example/s', 'https://notes.example/s#', 'https://u@notes.example/s', '/s'])(
    '%j is no address',
    (uri) => expect(broken({ sectorIdentifierUri: uri })).toEqual(['M17 sectorIdentifierUri']),
  );

  test.each<[string, unknown, boolean]>([
    ['every redirect URI', redirectUris, true],
    ['every one and more', [...redirectUris, 'https://third.example/'], true],
    ['one only', redirectUris.slice(1), false],
    ['another spelling', ['https://notes.example/cb/', 'https://OTHER.example/cb'], false],
    ['no one', [], false],
    ['what is no text', [...redirectUris, 7], false],
    ['an object', { 0: redirectUris[0], length: 1 }, false],
    ['a text', 'https://notes.example/cb', false],
    ['nothing', null, false],
  ])('the list holds %s', (_, document, good) => {
    expect(judgeSectorList(document, redirectUris).map(({ rule }) => rule)).toEqual(good ? [] : ['M17']);
  });

  describe('its document', () => {
    let server: Awaited<ReturnType<typeof startCanary>>;
    beforeAll(async () => {
      server = await startCanary((request, response) => {
        response.writeHead(request.url === '/gone' ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(request.url === '/few' ? redirectUris.slice(1) : redirectUris));
      });
    });
    afterAll(() => server.stop());
    const at = (path: string, more: object = {}) => ({
      ...completeMetadata(notes, 'registration'),
      environment: 'development' as const,
      sectorIdentifierUri: server.origin + path,
      ...more,
    });

    test('is fetched and compared', async () => {
      expect(await judgeSectorDocument(undefined, at('/all'))).toEqual([]);
      expect(await judgeSectorDocument(undefined, at('/few'))).toMatchObject([{ rule: 'M17' }]);
      expect(await judgeSectorDocument(undefined, at('/gone'))).toMatchObject([
        { rule: 'M17', message: 'The list cannot be read: It answers 404 instead of 200.' },
      ]);
    });

    test('is fetched again only for another URI or a new redirect URI', async () => {
      const asked = () => server.connections();
      const [before, few] = [asked(), at('/few')];
      expect(await judgeSectorDocument(few, few)).toEqual([]);
      expect(await judgeSectorDocument(few, at('/few', { redirectUris: redirectUris.slice(1) }))).toEqual([]);
      expect(await judgeSectorDocument(few, at('/few', { sectorIdentifierUri: null }))).toEqual([]);
      expect(asked()).toBe(before);
      const more = [...redirectUris, 'https://third.example/'];
      expect(await judgeSectorDocument(at('/all'), at('/all', { redirectUris: more }))).toMatchObject([
        { rule: 'M17' },
      ]);
      expect(await judgeSectorDocument(at('/all'), few)).toMatchObject([{ rule: 'M17' }]);
      expect(asked()).toBe(before + 2);
    });
  });
});

describe('M18', () => {
  test.each(['initiateLoginUri', 'backchannelLogoutUri'])('%s is https', (member) => {
    expect(broken({ [member]: 'https://notes.example/x?a=b' })).toEqual([]);
    for (const uri of [
      'http://notes.example/x',
      'http://127.0.0.1/x',
      'https://notes.example/x#y',
      'javascript:alert(1)',
    ])
      expect(broken({ [member]: uri })).toEqual([`M18 ${member}`]);
  });

  test('this machine is for development only', () => {
    const metadata = { ...completeMetadata(notes, 'registration'), initiateLoginUri: 'http://127.0.0.1:3000/login' };
    const rules = (environment: 'development' | 'production') =>
      judgeMetadata({ ...metadata, environment }, { channel: 'native' }).filter(({ rule }) => rule === 'M18');
    expect(rules('development')).toEqual([]);
    expect(rules('production')).toHaveLength(1);
  });
});

describe('M19', () => {
  test.each(['none', 'HS256', 'HS384', 'HS512', 'rs256', 7])('ID tokens are never signed by %j', (alg) =>
    expect(broken({ idTokenSignedResponseAlg: alg })).toEqual(['M19 idTokenSignedResponseAlg']),
  );
  test.each(['RS256', 'ES256'])('%s is accepted', (alg) =>
    expect(broken({ idTokenSignedResponseAlg: alg })).toEqual([]),
  );

  test.each(['none', 'HS256', 'PS256', 'EdDSA', 7])('userinfo is never signed by %j', (alg) =>
    expect(broken({ userinfoSignedResponseAlg: alg })).toEqual(['M19 userinfoSignedResponseAlg']),
  );
  test.each([null, 'RS256', 'ES256'])('userinfo is plain or signed by %j', (alg) =>
    expect(broken({ userinfoSignedResponseAlg: alg })).toEqual([]),
  );
});

describe('M20', () => {
  test.each([0, 1, 2_147_483_647])('an age of %i seconds is accepted', (age) =>
    expect(broken({ defaultMaxAgeSeconds: age })).toEqual([]),
  );
  test.each([-1, 1.5, '60', 2 ** 31, Number.NaN, true])('%j is refused', (age) =>
    expect(broken({ defaultMaxAgeSeconds: age })).toEqual(['M20 defaultMaxAgeSeconds']),
  );
  test.each(['true', 1, 0])('require_auth_time is a boolean, not %j', (value) =>
    expect(broken({ requireAuthTime: value })).toEqual(['M20 requireAuthTime']),
  );
  test('the classes of authentication are texts', () => {
    expect(broken({ defaultAcrValues: ['urn:mace:incommon:iap:silver', '0'] })).toEqual([]);
    expect(broken({ defaultAcrValues: ['a', 7] })).toEqual(['M20 defaultAcrValues.1']);
    expect(broken({ defaultAcrValues: 'a b' })).toEqual(['M20 defaultAcrValues']);
    expect(broken({ defaultAcrValues: ['a\u0000'] })).toEqual(['M20 defaultAcrValues.0']);
  });
});

describe('M22', () => {
  const client = { name: 'Notes', redirectUris: ['https://notes.example/cb'] };
  test.each<[string, { name: string; redirectUris: string[] }[], boolean]>([
    ['nobody else', [], false],
    ['the same elsewhere', [client, client], false],
    ['the same with another path', [{ ...client, redirectUris: ['https://NOTES.example/other'] }], false],
    ['the same, installed', [{ ...client, redirectUris: ['http://127.0.0.1/cb'] }], false],
    ['one host of several', [{ ...client, redirectUris: ['https://a.example/', 'https://notes.example/'] }], false],
    ['another name', [client, { ...client, name: 'Bank' }], true],
    ['other hosts', [client, { ...client, redirectUris: ['https://evil.example/cb'] }], true],
  ])('%s', (_, others, suspicious) => {
    expect(judgeSameSoftware(client, others)).toEqual(
      suspicious ? [expect.objectContaining({ rule: 'M22', field: 'softwareId', severity: 'warning' })] : [],
    );
  });

  test('id and version are texts that people can read', () => {
    expect(broken({ softwareId: crypto.randomUUID(), softwareVersion: '1.2.3' })).toEqual([]);
    for (const text of ['a\u0000', 'a\u202eb', 'x'.repeat(256)])
      expect(broken({ softwareId: text, softwareVersion: text })).toEqual(['M22 softwareId', 'M22 softwareVersion']);
  });
});

describe('M24', () => {
  test('no client id looks like a metadata document’s URL', () => {
    expect(isClientId(crypto.randomUUID())).toBe(true);
    for (const id of ['https://notes.example/client.json', '', 'usr_0123456789abcdef', `${crypto.randomUUID()} `])
      expect(isClientId(id)).toBe(false);
  });
});

describe('P3', () => {
  test('a self-registered client gets no client_credentials', () => {
    expect(judgeOpenRegistration({ grantTypes: ['authorization_code', 'refresh_token'] })).toEqual([]);
    expect(judgeOpenRegistration({ grantTypes: ['client_credentials'] })).toMatchObject([{ rule: 'P3' }]);
  });
});
