import { expect } from 'vitest';
import type { Role, TokenScope } from '#lib/kernel/actor';
import { anOwner, aPerson } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

export const all: TokenScope[] = [
  'clients:read',
  'clients:write',
  'clients:secrets',
  'grants:read',
  'grants:write',
  'audit:read',
  'org:admin',
];

/** A body for a new client. */
export const aBody = {
  client_name: 'Invoices',
  description: 'Files invoices',
  redirect_uris: ['https://app.example/callback'],
  scope: 'openid profile',
};

/** An id that does not exist. */
export const noId = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';

export type Json = Record<string, unknown>;
export type Made = Json & { client_id: string; client_secret: string; secret_id: string; version: number };

type Ask = Parameters<typeof ask>[2];

/** Returns the answer's body and checks its status. */
export async function json<T = Json>(answer: Response, status = 200): Promise<T> {
  expect(answer.status, await answer.clone().text()).toBe(status);
  return (await answer.json()) as T;
}

/** A new organization, a token of its owner with every scope, and `call` to use the API with it. */
export async function aTenant() {
  const { owner, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId, { scopes: all });
  const call = (method: string, path: string, options: Ask = {}) =>
    ask(method, `/api/v1${path}`, { token, ...options });
  const make = async (body: object = {}, options: Ask = {}) =>
    json<Made>(await call('POST', '/clients', { body: { ...aBody, ...body }, ...options }), 201);
  const tokenOf = async (role: Role, scopes = all) => {
    const person = await aPerson(db, { roles: { [organizationId]: role } });
    return { person, userId: person.actor.userId, token: await aToken(db, person, organizationId, { scopes }) };
  };
  return { owner, organizationId, token, call, make, tokenOf };
}

export type Problem = {
  title: string;
  status: number;
  detail: string;
  errors?: { in: string; field: string; pointer?: string; rule: string; message: string }[];
};

/** Returns the problem of a refused call and checks the members that every problem has. */
export async function problemOf(answer: Response, status = answer.status): Promise<Problem> {
  expect(answer.status, await answer.clone().text()).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await answer.json()) as Problem;
  expect(problem).toMatchObject({ type: 'about:blank', title: expect.any(String), status, detail: expect.any(String) });
  return problem;
}
