import { createSecret } from '#lib/secrets/index';
import { anOwner } from './actors.ts';
import { aClientRow } from './client-row.ts';
import { db } from './database.ts';
import { origin } from './listening.ts';

type Values = Parameters<typeof aClientRow>[1];

/** A machine client in a new organization, with a secret. */
export async function aMachine(values: Partial<Values> = {}) {
  const { owner, organizationId } = await anOwner(db);
  const clientId = await aClientRow(db, {
    organizationId,
    applicationType: 'machine',
    requirePkce: false,
    grantTypes: ['client_credentials'],
    scopes: ['read', 'write'],
    ...values,
  });
  return { owner, organizationId, clientId, ...(await aSecret(owner, clientId)) };
}

export async function aSecret(
  owner: Awaited<ReturnType<typeof anOwner>>['owner'],
  clientId: string,
  input: object = {},
) {
  const { secret, value } = await createSecret(owner, clientId, { name: 'CI', ...input });
  if (!value) throw new Error('no value');
  return { secretId: secret.id, secret: value };
}

type Credentials = { clientId: string; secret: string };

export const basic = ({ clientId, secret }: Credentials): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;

/** Posts a form to this file's server. */
export async function post(path: string, form: Record<string, string> | string, headers: Record<string, string> = {}) {
  const answer = await fetch(origin + path, { method: 'POST', headers, body: new URLSearchParams(form) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
}

/** Requests a token by client credentials; returns the answer. */
export const askToken = (machine: Credentials, form: Record<string, string> = {}, path = '/oauth/token') =>
  post(path, { grant_type: 'client_credentials', ...form }, { authorization: basic(machine) });

export async function aTokenOf(machine: Credentials, form: Record<string, string> = {}): Promise<string> {
  const { status, body } = await askToken(machine, form);
  if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
  return body.access_token;
}

export const introspect = async (machine: Credentials, token: string, path = '/oauth/introspect') =>
  (await post(path, { token }, { authorization: basic(machine) })).body;
