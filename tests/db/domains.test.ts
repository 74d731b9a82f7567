import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listAuditEvents } from '#lib/audit/index';
import { findDomainOfHost, listDomains, removeDomain, verifyDomain } from '#lib/domains/index';
import { anOwner, aPerson, stranger, throughToken } from '#support/actors';
import { clientele } from '#support/command-line';
import { db } from '#support/database';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const aName = () => `${randomUUID()}.example`;

describe('a verified domain', () => {
  test('belongs to its organization, with every subdomain and no sibling', async () => {
    const { organizationId } = await anOwner(db);
    const domain = aName();
    expect(await verifyDomain(operator, { organizationId, domain: ` ${domain.toUpperCase()}.` })).toEqual({
      domain,
      organizationId,
      method: 'operator',
      verifiedBy: null,
      verifiedAt: expect.any(Date),
    });
    for (const host of [domain, `app.${domain}`, `a.b.${domain}`, `APP.${domain}`])
      expect(await findDomainOfHost(db, host)).toMatchObject({ domain, organizationId });
    for (const host of [`evil${domain}`, `${domain}.evil.example`, 'example', '', '[::1]', '127.0.0.1'])
      expect(await findDomainOfHost(db, host)).toBeUndefined();
  });

  test('has one owner: another organization cannot have it, and may have a part of it, which is then its own', async () => {
    const [mine, theirs] = [await anOwner(db), await anOwner(db)];
    const domain = aName();
    await verifyDomain(operator, { organizationId: mine.organizationId, domain });
    await expect(verifyDomain(operator, { organizationId: theirs.organizationId, domain })).rejects.toMatchObject({
      code: 'conflict',
      field: 'domain',
    });
    await verifyDomain(operator, { organizationId: theirs.organizationId, domain: `shop.${domain}` });
    const ownerOf = async (host: string) => (await findDomainOfHost(db, host))?.organizationId;
    expect(await ownerOf(`app.${domain}`)).toBe(mine.organizationId);
    expect(await ownerOf(`app.shop.${domain}`)).toBe(theirs.organizationId);
  });

  test('of ten organizations that ask at the same moment one gets it', async () => {
    const owners = await Promise.all(Array.from({ length: 10 }, () => anOwner(db)));
    const domain = aName();
    const outcomes = await Promise.allSettled(
      owners.map(({ organizationId }) => verifyDomain(operator, { organizationId, domain })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is in the history once; after its removal it belongs to nobody', async () => {
    const { owner, organizationId } = await anOwner(db);
    const domain = aName();
    await verifyDomain(operator, { organizationId, domain });
    await verifyDomain(operator, { organizationId, domain });
    await removeDomain(operator, { organizationId, domain });
    expect(await findDomainOfHost(db, domain)).toBeUndefined();
    await expect(removeDomain(operator, { organizationId, domain })).rejects.toMatchObject({ code: 'not_found' });
    const events = await listAuditEvents(owner, { type: 'domain', id: domain }, { limit: 10 });
    expect(events.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ['domain.remove', 'operator'],
      ['domain.verify', 'operator'],
    ]);
  });

  test('its members see it; only the operator writes it, and no token does', async () => {
    const { owner, organizationId } = await anOwner(db);
    const domain = aName();
    const someone = await aPerson(db);
    const admin = await aPerson(db, { isOperator: true });
    const write = (ctx: typeof owner) => verifyDomain(ctx, { organizationId, domain });
    await expect(write(owner)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(write(await throughToken(owner, organizationId, ['org:admin']))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(write(await throughToken(admin, organizationId, ['org:admin']))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(write(someone)).rejects.toMatchObject({ code: 'not_found' });
    expect(await write(admin)).toMatchObject({ verifiedBy: admin.actor.userId });
    expect(await listDomains(owner, organizationId)).toMatchObject([{ domain }]);
    await expect(listDomains(someone, organizationId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeDomain(owner, { organizationId, domain })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('clientele domain', () => {
  test('verify, list and remove print the result', async () => {
    const { organizationId } = await anOwner(db);
    const domain = aName();
    const of = ['--organization', organizationId];
    const verified = await clientele(['domain', 'verify', ...of, '--domain', domain]);
    expect(verified).toMatchObject({ status: 0, json: { domain, organizationId, method: 'operator' } });
    expect(await clientele(['domain', 'list', ...of])).toMatchObject({ json: { domains: [verified.json] } });
    expect(await clientele(['domain', 'remove', ...of, '--domain', domain])).toMatchObject({
      status: 0,
      json: { domain, removed: true },
    });
    expect(await clientele(['domain', 'list', ...of])).toMatchObject({ json: { domains: [] } });
  });

  test.each([
    ['nobody', 'example.com', 'Organization not found\n'],
    [
      undefined,
      'github.io',
      '--domain: Anyone can register a domain below this one: it cannot be one organization’s.\n',
    ],
    [undefined, 'https://example.com', '--domain: Write a domain name alone, like example.com.\n'],
  ])('organization %s, domain %s: status 1', async (organization, domain, stderr) => {
    const id = organization ?? (await anOwner(db)).organizationId;
    const outcome = await clientele(['domain', 'verify', '--organization', id, '--domain', domain]);
    expect(outcome).toMatchObject({ status: 1, stdout: '', stderr });
  });
});
