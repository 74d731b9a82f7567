import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listAuditEvents } from '#lib/audit/index';
import { createClient } from '#lib/clients/index';
import {
  createOrganization,
  findOrganization,
  getOrganization,
  listOrganizations,
  removeOrganization,
  renameOrganization,
} from '#lib/organizations/index';
import { createUser } from '#lib/users/index';
import { anOwner, aPerson, type Someone, stranger, throughToken } from '#support/actors';
import { db } from '#support/database';

const commandLine = { ...stranger(db), actor: { kind: 'command_line' }, channel: 'command_line' } as const;
const history = (someone: Someone, id: string) => listAuditEvents(someone, { type: 'organization', id }, { limit: 10 });

/** The same person in the next request, when memberships are read anew. */
function nextRequest(someone: Someone, organizationId: string): Someone {
  const memberships = [...someone.actor.memberships, { organizationId, role: 'owner' as const }];
  return { ...someone, actor: { ...someone.actor, memberships } };
}

async function aPersonal() {
  const user = await createUser(commandLine, { email: `${randomUUID()}@example.com`, name: 'Ada' });
  const person = await aPerson(db);
  const memberships = [{ organizationId: user.organization.id, role: 'owner' as const }];
  return { person: { ...person, actor: { ...person.actor, userId: user.id, memberships } }, user };
}

describe('making an organization', () => {
  test('any signed-in person does, and owns it; its three ids are its own', async () => {
    const person = await aPerson(db);
    const organization = await createOrganization(person, { name: '  Acme  ' });
    expect(organization).toMatchObject({ name: 'Acme', parentId: null, personalOf: null });
    expect(organization.externalId).toMatch(/^[0-9a-f]{24}$/);
    expect(organization.number).toBeGreaterThan(0);
    expect(await listOrganizations(nextRequest(person, organization.id))).toMatchObject([
      { id: organization.id, role: 'owner', memberCount: 1 },
    ]);
    expect(await history(person, organization.id)).toMatchObject([
      { action: 'organization.create', after: { name: 'Acme', ownerId: person.actor.userId } },
    ]);
  });

  test('a token and an anonymous caller may not', async () => {
    const { owner, organizationId } = await anOwner(db);
    const token = await throughToken(owner, organizationId, ['org:admin']);
    await expect(createOrganization(token, { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createOrganization(stranger(db), { name: 'x' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('below another organization only its administrators may', async () => {
    const { owner, organizationId } = await anOwner(db);
    expect(await createOrganization(owner, { name: 'Below', parentId: organizationId })).toMatchObject({
      parentId: organizationId,
    });
    const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    const other = await anOwner(db);
    for (const [who, parentId] of [
      [developer, organizationId],
      [other.owner, organizationId],
      [owner, randomUUID()],
      [owner, 'x'],
    ] as const)
      await expect(createOrganization(who, { name: 'x', parentId })).rejects.toMatchObject({ field: 'parentId' });
  });

  test('the command line creates one for a person', async () => {
    const { user } = await aPersonal();
    const organization = await createOrganization(commandLine, { name: 'Ops', ownerId: user.id });
    expect(await getOrganization(commandLine, organization.id)).toEqual(organization);
  });
});

describe('reading, renaming, deleting', () => {
  test('another organization is not found; an operator reads any', async () => {
    const { owner, organizationId } = await anOwner(db);
    const other = await anOwner(db);
    const operator = await aPerson(db, { isOperator: true });
    expect(await findOrganization(owner, organizationId.toUpperCase())).toMatchObject({ id: organizationId });
    expect(await findOrganization(operator, organizationId)).toMatchObject({ id: organizationId });
    for (const work of [getOrganization, removeOrganization]) {
      await expect(work(other.owner, organizationId)).rejects.toMatchObject({ code: 'not_found' });
      await expect(work(owner, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
      await expect(work(owner, 'x')).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(renameOrganization(other.owner, organizationId, 'Mine')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('renaming writes the change into the history, or nothing without a change', async () => {
    const { owner, organizationId } = await anOwner(db);
    await renameOrganization(owner, organizationId, 'Acme Ltd');
    await renameOrganization(owner, organizationId, 'Acme Ltd ');
    await expect(renameOrganization(owner, organizationId, ' ')).rejects.toMatchObject({ field: 'name' });
    expect(await history(owner, organizationId)).toMatchObject([
      { action: 'organization.update', before: { name: 'Acme' }, after: { name: 'Acme Ltd' } },
    ]);
  });

  test('an organization with apps or with others below it stays', async () => {
    const { owner, organizationId } = await anOwner(db);
    const below = await createOrganization(owner, { name: 'Below', parentId: organizationId });
    await expect(removeOrganization(owner, organizationId)).rejects.toThrow('Other organizations');
    await removeOrganization(nextRequest(owner, below.id), below.id);
    await createClient(owner, { organizationId, metadata: { name: 'App', redirectUris: ['https://a.example/cb'] } });
    await expect(removeOrganization(owner, organizationId)).rejects.toThrow('still has apps');
    expect(await history(owner, below.id)).toMatchObject([{ action: 'organization.delete' }, {}]);
  });

  test('only an owner deletes, and nobody a personal one', async () => {
    const { organizationId } = await anOwner(db);
    const admin = await aPerson(db, { roles: { [organizationId]: 'admin' } });
    await expect(removeOrganization(admin, organizationId)).rejects.toMatchObject({ code: 'forbidden' });
    const { person, user } = await aPersonal();
    await expect(removeOrganization(person, user.organization.id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await listOrganizations(person)).toMatchObject([{ id: user.organization.id, personalOf: user.id }]);
  });
});
