import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { createClient, removeClient, updateClient } from '#lib/clients/index';
import { inTransaction } from '#lib/kernel/context';
import { encodeLogo, findLogo, storeLogo } from '#lib/logos/index';
import { anOwner } from '#support/actors';
import { db } from '#support/database';
import { untilOneWaits } from '#support/settled';

const picture = (background: string) =>
  sharp({ create: { width: 32, height: 32, channels: 3, background } })
    .png()
    .toBuffer();
const isKept = async (hash: string | null) => (await findLogo(db, hash ?? '')) !== undefined;

async function anApp(logo: Uint8Array) {
  const { owner, organizationId } = await anOwner(db);
  const { client } = await createClient(owner, { organizationId, metadata: { name: 'Logo bearer' }, logo });
  if (!client.logoHash) throw new Error('no logo');
  return { owner, client, hash: client.logoHash };
}

test('a stored logo is a PNG with that hash; no other hash is found', async () => {
  const { hash } = await anApp(await picture('#010203'));
  const png = await findLogo(db, hash);
  expect((await encodeLogo(await picture('#010203'))).png).toEqual(png);
  expect(await findLogo(db, hash.toUpperCase())).toBeUndefined();
  expect(await findLogo(db, '0'.repeat(64))).toBeUndefined();
});

test('a logo is deleted with the last client that uses it', async () => {
  const bytes = await picture('#102030');
  const [one, two] = [await anApp(bytes), await anApp(bytes)];
  expect(one.hash).toBe(two.hash);
  await removeClient(one.owner, one.client.clientId);
  expect(await isKept(two.hash)).toBe(true);
  await updateClient(two.owner, two.client.clientId, { logo: await picture('#405060') });
  expect(await isKept(two.hash)).toBe(false);
});

test('a logo that is taken away is gone, the client stays', async () => {
  const { owner, client, hash } = await anApp(await picture('#a0b0c0'));
  expect((await updateClient(owner, client.clientId, { logo: null })).logoHash).toBeNull();
  expect(await isKept(hash)).toBe(false);
});

test('a client that takes a logo while its last other user is deleted keeps it', async () => {
  const bytes = await picture('#0a0b0c');
  const { owner, client, hash } = await anApp(bytes);
  const { owner: other, organizationId } = await anOwner(db);
  const { client: taker } = await createClient(other, { organizationId, metadata: { name: 'Taker' } });
  let removal: Promise<void> | undefined;
  await inTransaction(other, async (tx) => {
    await storeLogo(tx.db, await encodeLogo(bytes));
    removal = removeClient(owner, client.clientId);
    await untilOneWaits();
    await tx.db.update(clients).set({ logoHash: hash }).where(eq(clients.clientId, taker.clientId));
  });
  await removal;
  expect(await isKept(hash)).toBe(true);
});

test('a refused logo registers nothing and names the broken rule', async () => {
  const { owner, organizationId } = await anOwner(db);
  const made = createClient(owner, { organizationId, metadata: { name: 'None' }, logo: Buffer.from('<html>') });
  await expect(made).rejects.toMatchObject({
    code: 'invalid_metadata',
    field: 'logo',
    issues: [{ rule: 'logo.kind' }],
  });
  expect(await db.$count(clients, eq(clients.organizationId, organizationId))).toBe(0);
});
