import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { registrations } from '#db/schema/registration';
import { listClients } from '#lib/clients/index';
import { provedDomain, removeDomain, verifyDomain } from '#lib/domains/index';
import { findPublicClient, needsConsentEachTime, standingOf, standingOfRequest } from '#lib/public-info/index';
import { anOwner, stranger } from '#support/actors';
import { aClientRow } from '#support/client-row';
import { db } from '#support/database';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
type Values = Partial<Parameters<typeof aClientRow>[1]>;

/** A client of an organization that has proved `acme-<id>.example`, as strangers and as its own people see it. */
async function aScene(redirectUris: (domain: string) => string[], values: Values = {}) {
  const { owner, organizationId } = await anOwner(db);
  const domain = `acme-${randomUUID()}.example`;
  await verifyDomain(operator, { organizationId, domain });
  const clientId = await aClientRow(db, { organizationId, redirectUris: redirectUris(domain), ...values });
  const look = async () => {
    const client = await findPublicClient(db, clientId);
    const owned = (await listClients(owner, { limit: 10 })).items[0];
    const filtered = await listClients(owner, { filter: { verified: true }, limit: 10 });
    const others = await listClients(owner, { filter: { verified: false }, limit: 10 });
    if (!client || !owned) throw new Error('no client');
    const seen = [client.verified, owned.verified, filtered.items.length === 1, others.items.length === 0];
    expect(new Set(seen).size, 'one meaning everywhere').toBe(1);
    expect(standingOf(owned)).toBe(standingOf(client));
    return client;
  };
  return { organizationId, domain, clientId, look };
}

describe('a client is verified when every redirect URI is https under a domain of its publisher', () => {
  test.for<[string, (domain: string) => string[], boolean]>([
    ['the domain itself', (domain) => [`https://${domain}/cb`], true],
    ['a host below it, with a port', (domain) => [`https://a.b.${domain}:8443/cb?x=1`], true],
    ['the host in capitals', (domain) => [`https://APP.${domain.toUpperCase()}/cb`], true],
    ['no redirect URI at all', () => [], false],
    ['one of two elsewhere', (domain) => [`https://${domain}/cb`, 'https://other.example/cb'], false],
    ['one of two on the device', (domain) => [`https://${domain}/cb`, 'http://127.0.0.1/cb'], false],
    ['only on the device', () => ['http://127.0.0.1/cb'], false],
    ['a scheme of its own', () => ['com.example.app:/cb'], false],
    ['plain http', (domain) => [`http://${domain}/cb`], false],
    ['a name that only ends like it', (domain) => [`https://evil${domain}/cb`], false],
    ['a name that only begins like it', (domain) => [`https://${domain}.evil.example/cb`], false],
    ['the domain before an @', (domain) => [`https://${domain}@evil.example/cb`], false],
    ['the domain after an @', (domain) => [`https://evil.example@${domain}/cb`], false],
    ['a backslash for a slash', (domain) => [`https://evil.example\\.${domain}/cb`], false],
    ['an encoded dot', (domain) => [`https://evil.example%2e${domain}/cb`], false],
    ['a line break', (domain) => [`https://evil.example/\nhttps://${domain}/cb`], false],
  ])('%s', async ([, uris, verified]) => {
    const { look } = await aScene(uris);
    expect((await look()).verified).toBe(verified);
  });

  test('a domain of another organization proves nothing, and a part of a domain that is somebody else’s is theirs', async () => {
    const mine = await aScene((domain) => [`https://shop.${domain}/cb`]);
    expect((await mine.look()).verified).toBe(true);
    const { organizationId } = await anOwner(db);
    await verifyDomain(operator, { organizationId, domain: `shop.${mine.domain}` });
    expect((await mine.look()).verified).toBe(false);
    const theirs = await aScene(() => [`https://${mine.domain}/cb`]);
    expect((await theirs.look()).verified).toBe(false);
  });

  test('it ends with the domain, and a review does not make it verified', async () => {
    const { look, organizationId, domain } = await aScene((of) => [`https://${of}/cb`], { reviewState: 'rejected' });
    expect(standingOf(await look())).toBe('verified');
    await removeDomain(operator, { organizationId, domain });
    expect(standingOf(await look())).toBe('unverified');
    const approved = await aScene(() => ['https://unproved.example/cb'], { reviewState: 'approved' });
    expect(standingOf(await approved.look())).toBe('unverified');
  });

  test.for<[string, string[], boolean]>([
    ['https://acme.example/client.json', ['https://acme.example/cb'], true],
    ['https://acme.example:8443/client.json', ['https://acme.example:8443/cb'], true],
    ['https://acme.example:8443/client.json', ['https://acme.example/cb'], false],
    ['https://acme.example/client.json', ['https://app.acme.example/cb'], false],
    ['https://app.acme.example/client.json', ['https://acme.example/cb'], false],
    ['https://acme.example/client.json', ['https://acme.example/cb', 'http://127.0.0.1/cb'], false],
    ['https://somebody.github.io/client.json', ['https://somebody.github.io/cb'], true],
  ])('the document %s for %j', async ([document, uris, verified]) => {
    const { look, organizationId } = await aScene(() => uris, {
      metadataUrl: `${document}?${randomUUID()}`,
      provenance: 'metadata_document',
    });
    const client = await findPublicClient(db, (await look()).clientId);
    expect(client?.verified).toBe(verified);
    const owner = { organizationId, metadataUrl: document, selfRegistered: true };
    const proved = await Promise.all(uris.map((uri) => provedDomain(db, owner, uri)));
    expect(proved.every((domain) => domain !== undefined)).toBe(verified);
  });

  test('an app that registered itself has no publisher: a domain of the organization it is kept in proves nothing', async () => {
    const { look, clientId, organizationId, domain } = await aScene((of) => [`https://${of}/cb`]);
    await db.insert(registrations).values({ clientId, hash: randomUUID(), pepperId: 'test', open: true });
    expect(standingOf(await look())).toBe('self_registered');
    const owner = { organizationId, metadataUrl: null, selfRegistered: true };
    expect(await provedDomain(db, owner, `https://${domain}/cb`)).toBeUndefined();
  });
});

describe('the standing of one request', () => {
  const facts = { status: 'active', firstParty: false, verified: true, selfRegistered: false } as const;
  const website = { website: true, provedDomain: 'acme.example' };
  test('is verified by the redirect URI of this request, whatever else is registered', () => {
    expect(standingOfRequest({ ...facts, verified: false }, website)).toBe('verified');
    expect(standingOfRequest(facts, { website: true, provedDomain: undefined })).toBe('unverified');
  });
  test('on a device it is never verified, nor the platform’s own', () => {
    const device = { website: false, provedDomain: undefined };
    expect(standingOfRequest(facts, device)).toBe('unverified');
    expect(standingOfRequest(facts, { ...device, provedDomain: 'acme.example' })).toBe('unverified');
    expect(standingOfRequest({ ...facts, firstParty: true }, device)).toBe('unverified');
    expect(standingOfRequest({ ...facts, firstParty: true }, website)).toBe('first_party');
  });
  test('is the suspension or the disabling, if there is one', () => {
    expect(standingOfRequest({ ...facts, status: 'suspended', firstParty: true }, website)).toBe('suspended');
    expect(standingOfRequest({ ...facts, status: 'disabled' }, website)).toBe('disabled');
  });
});

describe('whether people are asked each time', () => {
  const proved = (domain: string) => [`https://${domain}/cb`];
  const elsewhere = () => ['https://unproved.example/cb'];
  test.for<[string, (domain: string) => string[], Values, boolean]>([
    ['an app with a secret', elsewhere, {}, false],
    ['an app that may leave its secret out', elsewhere, { secretOptional: true }, true],
    ['a public app', elsewhere, { tokenEndpointAuthMethod: 'none' }, true],
    ['a public app at a proved address', proved, { tokenEndpointAuthMethod: 'none' }, false],
    ['an app with a secret on a device', () => ['http://127.0.0.1/cb'], {}, true],
  ])('%s', async ([, uris, values, each]) => {
    const { look } = await aScene(uris, values);
    expect(needsConsentEachTime(await look())).toBe(each);
  });
});
