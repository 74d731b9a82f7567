import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { clients } from '#db/schema/client';
import { cloneClient, createClient, updateClient } from '#lib/clients/index';
import { type ClientPatch, type NewClient, provenances } from '#lib/clients/rules';
import type { Context } from '#lib/kernel/context';
import { anOwner } from '#support/actors';
import { comparable, type Row, registrysOwn, rowOf, smuggled } from '#support/client-columns';
import { db } from '#support/database';

const registrysPart = (row: Row) => comparable(row, registrysOwn);
const channelsOfMetadata = provenances.filter((channel) => channel !== 'metadata_document');
/** Names of their own: nobody's look like that of a verified app. */
const asked = (): NewClient => ({
  name: `App ${randomUUID()}`,
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
});

async function aSource(channel: Context['channel']) {
  const { owner, organizationId } = await anOwner(db);
  const ctx = { ...owner, channel };
  const { client } = await createClient(ctx, { organizationId, metadata: asked() });
  return { ctx, organizationId, client, row: await rowOf(client.clientId) };
}

describe.each([...channelsOfMetadata, 'command_line' as const])('metadata that comes by the channel %s', (channel) => {
  test('sets no column but those of its fields, when a client is made', async () => {
    const { ctx, organizationId, row } = await aSource(channel);
    const { client } = await createClient(ctx, { organizationId, metadata: { ...smuggled(row), ...asked() } });
    expect(registrysPart(await rowOf(client.clientId))).toEqual(registrysPart(row));
  });

  test('nor when one is changed', async () => {
    const { ctx, client, row } = await aSource(channel);
    const { productId: _product, ...more } = smuggled(row);
    await updateClient(ctx, client.clientId, { ...more, contacts: ['dev@app.example'] } as ClientPatch);
    const changed = { ...row, version: 2, updatedBy: ctx.actor.userId };
    expect(registrysPart(await rowOf(client.clientId))).toEqual(registrysPart(changed));
  });

  test('nor when one is copied: what the operator decided about the original stays with it', async () => {
    const { ctx, client, row } = await aSource(channel);
    const decided = { firstParty: true, reviewState: 'approved', lastUsedAt: new Date(), version: 9 } as const;
    await db.update(clients).set(decided).where(eq(clients.clientId, client.clientId));
    const options = { ...smuggled(row), name: `App ${randomUUID()}` };
    const clone = await cloneClient(ctx, client.clientId, options);
    expect(registrysPart(await rowOf(clone.client.clientId))).toEqual(registrysPart(row));
  });
});

test('the original keeps what the operator decided, and a suspended one makes no suspended copy', async () => {
  const { ctx, client } = await aSource('portal');
  const decided = { firstParty: true, reviewState: 'approved', status: 'suspended' } as const;
  await db.update(clients).set(decided).where(eq(clients.clientId, client.clientId));
  const clone = await cloneClient(ctx, client.clientId);
  expect(await rowOf(clone.client.clientId)).toMatchObject({
    firstParty: false,
    reviewState: 'none',
    status: 'active',
    metadataUrl: null,
  });
  expect(await rowOf(client.clientId)).toMatchObject(decided);
});
