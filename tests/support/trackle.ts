import { expect } from 'vitest';
import { products } from '#db/schema/organization';
import { anOwner } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

export const installed = { name: 'myapp-0c27', type: 'installed', scope: 'create:customers' };
export const web = { name: 'webapp', type: 'web', redirect_uri: 'https://app.example/callback' };

/** An id that no client has. */
export const aClientId = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';

export type Item = Record<string, unknown> & { id: string };
export type Answered = { ok: true; client: Item & { secret: string } };

/** A new organization with a product, its owner, a token of theirs, and `make` to register clients through the API. */
export async function anOrganizationWithProduct() {
  const { owner, organization, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId);
  const [product] = await db.insert(products).values({ organizationId, name: 'Lamp', slug: 'lamp-4601' }).returning();
  if (!product) throw new Error('no product');
  const make = async (body: object, { by = token, path = '/v1/clients' } = {}) => {
    const answer = await ask('POST', path, { token: by, body });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return ((await answer.json()) as Answered).client;
  };
  const list = async ({ by = token, path = '/v1/clients' } = {}) => {
    const answer = await ask('GET', path, { token: by });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as Item[];
  };
  return { owner, organization, organizationId, token, product, make, list };
}

export type Refusal = { ok: false; error: string; error_description: string };

/** Returns the error of a refused call and checks the members that every error of this API has. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  expect(answer.headers.get('content-type')).toBe('application/json');
  const refusal = (await answer.json()) as Refusal;
  expect(refusal).toEqual({ ok: false, error: expect.any(String), error_description: expect.any(String) });
  expect(refusal.error_description).not.toBe('');
  return refusal;
}
