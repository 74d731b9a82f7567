import { expect } from 'vitest';
import type { TokenScope } from '#lib/kernel/actor';
import { anOwner } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

export type App = { id: number; name: string; client_id: string; client_secret?: string | null; client_type: string };
export type NewApp = { id: number; client_id: string; client_secret: string };

/** A new organization, its owner, a token that may read and write, and `make` and `list` through the API. */
export async function anAccount() {
  const { owner, organizationId } = await anOwner(db);
  const withScopes = (...scopes: TokenScope[]) => aToken(db, owner, organizationId, { scopes });
  const token = await withScopes('read', 'write');
  const make = async (name: string, by = token) => {
    const answer = await ask('POST', '/o/apps/', { token: by, body: { name } });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as NewApp;
  };
  const list = async (by = token) => {
    const answer = await ask('GET', '/o/apps/', { token: by });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as App[];
  };
  return { owner, organizationId, token, withScopes, make, list };
}

export type Envelope = { error: { code: string; message: string; details: Record<string, string[]> } };

/** Returns the error of a refused call and checks the members that every error of this API has. */
export async function errorOf(answer: Response): Promise<Envelope['error']> {
  expect(answer.headers.get('content-type')).toBe('application/json');
  const envelope = (await answer.json()) as Envelope;
  expect(envelope).toEqual({
    error: { code: expect.any(String), message: expect.any(String), details: expect.any(Object) },
  });
  expect(envelope.error.message).not.toBe('');
  return envelope.error;
}
