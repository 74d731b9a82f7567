import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { members, organizations } from '#db/schema/organization';
import { users } from '#db/schema/user';
import { listAuditEvents } from '#lib/audit/index';
import { createUser } from '#lib/users/index';
import { stranger } from '#support/actors';
import { db } from '#support/database';

const password = 'correct horse battery';
let count = 0;
const anAddress = () => `person${++count}@example.com`;

describe('the first account of an empty database', () => {
  test('is its administrator, and of many at once only one is', async () => {
    const made = await Promise.all(
      Array.from({ length: 4 }, () => createUser(stranger(db), { email: anAddress(), password })),
    );
    expect(made.filter(({ isOperator }) => isOperator)).toHaveLength(1);
    const later = await createUser(stranger(db), { email: anAddress(), password });
    expect(later.isOperator).toBe(false);
  });
});

describe('createUser', () => {
  test('makes a person whose id looks like no client id (A9), and a personal organization that they own', async () => {
    const made = await createUser(stranger(db), { email: anAddress(), password, name: 'Ada Lovelace' });
    expect(made).toMatchObject({ id: expect.stringMatching(/^usr_[0-9a-f]{24}$/), name: 'Ada Lovelace' });
    expect(made.organization.externalId).toMatch(/^[0-9a-f]{24}$/);
    const [organization] = await db.select().from(organizations).where(eq(organizations.id, made.organization.id));
    expect(organization).toMatchObject({ name: 'Ada Lovelace', personalOf: made.id, number: made.organization.number });
    const owners = await db.select().from(members).where(eq(members.userId, made.id));
    expect(owners).toMatchObject([{ organizationId: made.organization.id, role: 'owner' }]);
    const history = await listAuditEvents(stranger(db), { type: 'user', id: made.id }, { limit: 9 });
    expect(history.map(({ action }) => action)).toEqual(['user.create']);
  });

  test('never names the organization by the address', async () => {
    for (const name of [undefined, '', 'grace@example.com']) {
      const { organization } = await createUser(stranger(db), { email: anAddress(), password, name });
      const [row] = await db.select().from(organizations).where(eq(organizations.id, organization.id));
      expect(row?.name).toBe('Personal');
    }
  });

  test('keeps the password as argon2id only', async () => {
    const { id } = await createUser(stranger(db), { email: anAddress(), password });
    const [row] = await db.select().from(users).where(eq(users.id, id));
    expect(row?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(row)).not.toContain(password);
  });

  test('names every wrong field at once', async () => {
    const refused = createUser(stranger(db), { email: 'nobody', password: 'short', name: 'a\u202eb' });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_metadata' });
    const { issues } = await refused.catch((error) => error);
    expect(issues.map(({ field }: { field: string }) => field).sort()).toEqual(['email', 'name', 'password']);
  });

  test('refuses an address that has an account, in any case and width', async () => {
    await createUser(stranger(db), { email: 'Twice@example.com', password });
    for (const email of ['twice@example.com', 'TWICE＠example．com'])
      await expect(createUser(stranger(db), { email, password })).rejects.toMatchObject({
        code: 'conflict',
        field: 'email',
      });
  });
});
