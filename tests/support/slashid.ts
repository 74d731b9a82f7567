import { expect } from 'vitest';
import { anOwner } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

export const machine = { client_name: 'Reporter', grant_types: ['client_credentials'], scopes: ['write', 'read'] };
export const site = {
  client_name: 'Site',
  grant_types: ['authorization_code'],
  scopes: ['openid'],
  redirect_uris: ['https://site.example/callback'],
};

/** An id that does not exist. */
export const anId = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';

export type Item = Record<string, unknown> & { client_id: string };
export type Page = { meta: { pagination: Record<string, number> }; errors: unknown[]; result: Item[] };
type Call = {
  key?: string | undefined;
  org?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  from?: string;
};

/** Sends a request with this API's two headers. */
export function call(method: string, path: string, { key, org, headers, ...rest }: Call = {}) {
  const own = {
    ...(key !== undefined && { 'slashid-api-key': key }),
    ...(org !== undefined && { 'slashid-orgid': org }),
  };
  return ask(method, path, { ...rest, headers: { ...own, ...headers } });
}

/** A new organization, its owner, an API key of theirs, and `make` to register clients through the API. */
export async function anOrg() {
  const { owner, organizationId: org } = await anOwner(db);
  const key = await aToken(db, owner, org);
  const make = async (body: object, by = key) => {
    const answer = await call('POST', '/oauth2/clients', { key: by, org, body });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return ((await answer.json()) as { result: Item & { client_secret: string } }).result;
  };
  const list = async (query = '', by = key) => {
    const answer = await call('GET', `/oauth2/clients${query}`, { key: by, org });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as Page;
  };
  return { owner, org, key, make, list };
}

/** Returns the messages of a refused call and checks the members that every error of this API has. */
export async function messagesOf(answer: Response): Promise<string[]> {
  expect(answer.headers.get('content-type')).toBe('application/json');
  const { errors, ...rest } = (await answer.json()) as { errors: { httpcode: number; message: string }[] };
  expect(rest).toEqual({});
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toEqual({ httpcode: answer.status, message: expect.stringMatching(/./) });
  return errors.map(({ message }) => message);
}
