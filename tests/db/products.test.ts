import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listAuditEvents } from '#lib/audit/index';
import { createClient, removeClient, updateClient } from '#lib/clients/index';
import { createProduct, findProduct, listProducts, removeProduct, renameProduct } from '#lib/products/index';
import { anOwner, aPerson, throughToken } from '#support/actors';
import { db } from '#support/database';

describe('a product', () => {
  test('has a slug from its name, unique in its organization only', async () => {
    const [one, two] = [await anOwner(db), await anOwner(db)];
    const slugs: string[] = [];
    for (const { owner, organizationId } of [one, one, one, two])
      slugs.push((await createProduct(owner, { organizationId, name: 'Mail' })).slug);
    expect(slugs).toEqual(['mail', 'mail-2', 'mail-3', 'mail']);
    const { owner, organizationId } = one;
    await expect(createProduct(owner, { organizationId, name: 'x', slug: 'mail' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'slug',
    });
    await expect(createProduct(owner, { organizationId, name: 'x', slug: '12' })).rejects.toMatchObject({
      code: 'invalid_metadata',
      field: 'slug',
    });
  });

  test('ten of one name at once get ten slugs', async () => {
    const { owner, organizationId } = await anOwner(db);
    const made = await Promise.all(
      Array.from({ length: 10 }, () => createProduct(owner, { organizationId, name: 'A' })),
    );
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(10);
  });

  test('is found by id and by slug, and by nobody outside', async () => {
    const { owner, organizationId } = await anOwner(db);
    const other = await anOwner(db);
    const product = await createProduct(owner, { organizationId, name: 'Mail' });
    for (const key of [product.id, String(product.id), 'mail'])
      expect(await findProduct(owner, organizationId, key)).toEqual(product);
    for (const key of [0, -1, 1.5, 2 ** 40, '99999999999999999999', 'nope', '', 'a\0b', 'é'])
      expect(await findProduct(owner, organizationId, key)).toBeUndefined();
    expect(await findProduct(other.owner, other.organizationId, product.id)).toBeUndefined();
    await expect(findProduct(other.owner, organizationId, product.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listProducts(other.owner, organizationId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is renamed, keeping slug and id', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { id } = await createProduct(owner, { organizationId, name: 'Mail' });
    expect(await renameProduct(owner, organizationId, id, 'Post')).toMatchObject({ id, slug: 'mail', name: 'Post' });
    await expect(renameProduct(owner, organizationId, id + 1000, 'x')).rejects.toMatchObject({ code: 'not_found' });
    expect(await listAuditEvents(owner, { type: 'product', id: String(id) }, { limit: 5 })).toMatchObject([
      { action: 'product.update', before: { name: 'Mail' }, after: { name: 'Post' } },
      { action: 'product.create' },
    ]);
  });

  test('stays while an app uses it', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { id } = await createProduct(owner, { organizationId, name: 'Mail' });
    const metadata = { name: 'App', redirectUris: ['https://a.example/cb'] };
    const { client } = await createClient(owner, { organizationId, productId: id, metadata });
    expect(await listProducts(owner, organizationId)).toMatchObject([{ id, clientCount: 1 }]);
    await expect(removeProduct(owner, organizationId, id)).rejects.toThrow('One app belongs to this product');
    await removeClient(owner, client.clientId);
    await removeProduct(owner, organizationId, id);
    expect(await listProducts(owner, organizationId)).toEqual([]);
  });

  test('is made and changed by owners and admins; a token needs org:admin', async () => {
    const { owner, organizationId } = await anOwner(db);
    const { id } = await createProduct(owner, { organizationId, name: 'Mail' });
    const developer = await aPerson(db, { roles: { [organizationId]: 'developer' } });
    const token = await throughToken(owner, organizationId, ['clients:write']);
    for (const who of [developer, token])
      for (const attempt of [
        () => createProduct(who, { organizationId, name: 'x' }),
        () => renameProduct(who, organizationId, id, 'x'),
        () => removeProduct(who, organizationId, id),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    expect(await listProducts(developer, organizationId)).toHaveLength(1);
    const other = await anOwner(db);
    await expect(removeProduct(other.owner, organizationId, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(createProduct(owner, { organizationId: randomUUID(), name: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test.each(['made in it', 'moved to it'])(
    'that is removed while apps are %s is either gone without them or stays with them',
    async (way) => {
      const { owner, organizationId } = await anOwner(db);
      const metadata = { name: 'Robot', applicationType: 'machine' } as const;
      const outcomes = new Set<string>();
      for (let round = 0; round < 15; round++) {
        const { id: productId } = await createProduct(owner, { organizationId, name: 'Short-lived' });
        const { client } = await createClient(owner, { organizationId, metadata });
        const add = () =>
          way === 'made in it'
            ? createClient(owner, { organizationId, productId, metadata })
            : updateClient(owner, client.clientId, { productId });
        const settle = (attempt: Promise<unknown>) =>
          attempt.then(
            () => 'done',
            (error: { code?: string; message: string }) => error.code ?? error.message,
          );
        const [removed, ...added] = await Promise.all(
          [removeProduct(owner, organizationId, productId), add(), add()].map(settle),
        );
        outcomes.add(`${removed}: ${[...new Set(added)]}`);
      }
      for (const outcome of outcomes) expect(['done: invalid_metadata', 'conflict: done']).toContain(outcome);
    },
  );
});
