import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { organizations } from '#db/schema/organization';
import { aPerson } from '#support/actors';
import { aToken } from '#support/api';
import { db } from '#support/database';
import { anId, anOrg, call, type Item, machine, messagesOf } from '#support/slashid';

type Org = Awaited<ReturnType<typeof anOrg>>;
let parent: Org;
let child: Org;
let grandchild: Org;
let sibling: Org;
let stranger: Org;
const below = ({ org }: Org, { org: parentId }: Org) =>
  db.update(organizations).set({ parentId }).where(eq(organizations.id, org));
beforeAll(async () => {
  [parent, child, grandchild, sibling, stranger] = [
    await anOrg(),
    await anOrg(),
    await anOrg(),
    await anOrg(),
    await anOrg(),
  ];
  await below(child, parent);
  await below(sibling, parent);
  await below(grandchild, child);
});

const operations = ({ client_id }: Item): [method: string, path: string, body: unknown, status: number][] => [
  ['GET', `/oauth2/clients/${client_id}`, undefined, 200],
  ['PATCH', `/oauth2/clients/${client_id}`, { client_name: 'Changed from above' }, 200],
  ['PUT', `/oauth2/clients/${client_id}/ui-configuration`, { pageTitle: 'From above' }, 201],
  ['GET', `/oauth2/clients/${client_id}/ui-configuration`, undefined, 200],
  ['PUT', `/oauth2/clients/${client_id}/secret`, undefined, 200],
  ['DELETE', `/oauth2/clients/${client_id}`, undefined, 204],
];

describe('an organization', () => {
  test('reads, changes, rotates and deletes the clients of those below it, however deep', async () => {
    for (const owner of [child, grandchild]) {
      const made = await owner.make(machine);
      for (const [method, path, body, status] of operations(made)) {
        const answer = await call(method, path, { key: parent.key, org: parent.org, body });
        expect([method, path, answer.status]).toEqual([method, path, status]);
      }
      const events = await db.select().from(auditEvents).where(eq(auditEvents.targetId, made.client_id));
      const removal = events.find(({ action }) => action === 'client.delete');
      expect(removal).toMatchObject({ organizationId: owner.org, actorId: parent.owner.actor.userId });
    }
  });

  test.each<[string, () => Org]>([
    ['above', () => child],
    ['beside', () => sibling],
    ['elsewhere', () => stranger],
  ])('finds none of one %s', async (_where, who) => {
    const made = await parent.make(machine);
    const besides = await child.make(machine);
    const { key, org } = who();
    for (const { client_id } of org === child.org ? [made] : [made, besides])
      for (const [method, path, body] of operations({ client_id })) {
        const answer = await call(method, path, { key, org, body });
        expect([answer.status, await messagesOf(answer)]).toEqual([404, ['Client not found']]);
      }
  });

  test('lists its own clients only', async () => {
    const own = await sibling.make(machine);
    await grandchild.make(machine);
    expect((await sibling.list()).result.map(({ client_id }) => client_id)).toEqual([own.client_id]);
    const { result } = await parent.list();
    for (const { client_id } of (await child.list()).result)
      expect(result.map((one) => one.client_id)).not.toContain(client_id);
  });
});

describe('a key', () => {
  test('is valid for its organization and those below it, as SlashID-OrgID says', async () => {
    const body = { ...machine, client_name: 'Made from above' };
    const made = await call('POST', '/oauth2/clients', { key: parent.key, org: child.org, body });
    expect(made.status).toBe(201);
    const { client_id } = ((await made.json()) as { result: Item }).result;
    expect((await child.list('', parent.key)).result[0]).toMatchObject({ client_id });
    expect((await child.list()).result[0]).toMatchObject({ client_id });
    const upper = call('GET', '/oauth2/clients', { key: parent.key, org: child.org.toUpperCase() });
    expect((await upper).status).toBe(200);
  });

  test('of another organization is 403, whether that one exists or not', async () => {
    const refusals = [];
    for (const [key, org] of [
      [parent.key, stranger.org],
      [child.key, parent.org],
      [child.key, sibling.org],
      [parent.key, anId],
    ])
      for (const [method, path, body] of [
        ['GET', '/oauth2/clients'],
        ['POST', '/oauth2/clients', machine],
        ...operations({ client_id: anId }),
      ] as const) {
        const answer = await call(method, path, { key, org, body });
        refusals.push([answer.status, await messagesOf(answer)]);
      }
    for (const refusal of refusals)
      expect(refusal).toEqual([403, ['The API key does not belong to this organization.']]);
  });

  test('has below no more than its person’s role above', async () => {
    const made = await child.make(machine);
    const viewer = await aToken(db, await aPerson(db, { roles: { [parent.org]: 'viewer' } }), parent.org);
    for (const org of [parent.org, child.org]) {
      expect((await call('GET', `/oauth2/clients/${made.client_id}`, { key: viewer, org })).status).toBe(200);
      expect((await call('DELETE', `/oauth2/clients/${made.client_id}`, { key: viewer, org })).status).toBe(403);
      expect((await call('POST', '/oauth2/clients', { key: viewer, org, body: machine })).status).toBe(403);
    }
    const developer = await aToken(db, await aPerson(db, { roles: { [parent.org]: 'developer' } }), parent.org);
    expect(
      (await call('PUT', `/oauth2/clients/${made.client_id}/secret`, { key: developer, org: parent.org })).status,
    ).toBe(403);
  });
});
