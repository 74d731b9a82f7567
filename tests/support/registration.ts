import { expect } from 'vitest';
import { anOwner } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

export const aBody = {
  client_name: 'Notes',
  redirect_uris: ['https://notes.example/cb'],
  scope: 'openid files:read',
};

export type Warning = { field: string; rule: string; message: string };
export type Registered = Record<string, unknown> & {
  client_id: string;
  client_secret?: string;
  registration_access_token: string;
  registration_client_uri: string;
  scope: string;
  warnings?: Warning[];
};
export type Refusal = {
  error: string;
  error_description: string;
  errors?: Warning[];
  invalid_fields?: Record<string, string[]>;
};

/** A new organization, a token of its owner, and `register` to register clients through the API. */
export async function aRegistrar() {
  const { owner, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId, { scopes: ['clients:write'] });
  const register = async (body: object = {}, path = '/oauth/register') => {
    const answer = await ask('POST', path, { token, body: { ...aBody, ...body } });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as Registered;
  };
  return { owner, organizationId, token, register };
}

/** The path of a registration. */
export const pathOf = ({ client_id }: { client_id: string }) => `/oauth/register/${client_id}`;

/** The body that keeps a registration as it is: all members except those that only the server sets. */
export function asSent(registered: Registered): Record<string, unknown> {
  const {
    registration_access_token: _token,
    registration_client_uri: _uri,
    client_id_issued_at: _at,
    client_secret_expires_at: _end,
    client_secret: _secret,
    dropped_scopes: _dropped,
    warnings: _warnings,
    ...metadata
  } = registered;
  return metadata;
}

/** Returns the body of a refused call and checks the members that every error of this API has. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const refusal = (await answer.json()) as Refusal;
  expect(refusal).toMatchObject({
    error: expect.stringMatching(/^[a-z_]+$/),
    error_description: expect.stringMatching(/./),
  });
  return refusal;
}
