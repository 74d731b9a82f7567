import { expect } from 'vitest';
import { anOwner } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

/** A body with every member that Telnyx documents as required. */
export const aBody = {
  name: 'Invoice sync',
  allowed_scopes: ['admin'],
  client_type: 'confidential',
  allowed_grant_types: ['client_credentials'],
};

export type Item = Record<string, unknown> & { client_id: string; client_secret: string | null };
export type Page = {
  data: Item[];
  meta: { page_number: number; page_size: number; total_results: number; total_pages: number };
};
export type Refusal = { error: string; error_description: string };

/** Every member of a client in this API, sorted. */
export const keys = [
  'allowed_grant_types',
  'allowed_scopes',
  'client_id',
  'client_secret',
  'client_type',
  'created_at',
  'logo_uri',
  'name',
  'org_id',
  'policy_uri',
  'record_type',
  'redirect_uris',
  'require_pkce',
  'tos_uri',
  'updated_at',
  'user_id',
];

/** A new organization, its owner, a token of theirs, and `make` to register clients through the API. */
export async function anAccount() {
  const { owner, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId);
  const make = async (body: object = {}) => {
    const answer = await ask('POST', '/v2/oauth_clients', { token, body: { ...aBody, ...body } });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return ((await answer.json()) as { data: Item }).data;
  };
  return { owner, organizationId, token, make };
}

/** Returns the body of a refused call and checks the members that every error of this API has. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  expect(answer.headers.get('content-type')).toBe('application/json');
  const refusal = (await answer.json()) as Refusal;
  expect(Object.keys(refusal).sort()).toEqual(['error', 'error_description']);
  expect(refusal.error_description).not.toBe('');
  return refusal;
}
