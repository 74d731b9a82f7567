import sharp from 'sharp';
import { expect } from 'vitest';
import { anOwner } from './actors.ts';
import { ask, aToken } from './api.ts';
import { db } from './database.ts';

const square = sharp({ create: { width: 32, height: 32, channels: 3, background: '#336699' } });
export const logo = `data:image/png;base64,${(await square.png().toBuffer()).toString('base64')}`;

/** A body with every member that DocSpace documents as required. */
export const aBody = {
  name: 'Docs bot',
  description: 'Files invoices',
  logo,
  allow_pkce: false,
  is_public: true,
  website_url: 'https://bot.example',
  terms_url: 'https://bot.example/terms',
  policy_url: 'https://bot.example/privacy',
  redirect_uris: ['https://bot.example/callback'],
  allowed_origins: ['https://bot.example'],
  logout_redirect_uri: 'https://bot.example/bye',
  scopes: ['files:read', 'files:write'],
};

/** The id of no client. */
export const aClientId = '6b1f0a52-6d0b-4a7e-9a51-2b8e6f1c7d10';

export type Item = Record<string, unknown> & { client_id: string };

/** A new organization, its owner, a token of theirs, and `make` to register apps through the API. */
export async function anOrganizationWithApps() {
  const { owner, organization, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId);
  const make = async (name: string, by = token) => {
    const answer = await ask('POST', '/api/2.0/clients', { token: by, body: { ...aBody, name } });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as Item & { client_secret: string };
  };
  return { owner, organization, organizationId, token, make };
}

export const infoKeys = [
  'authentication_methods',
  'client_id',
  'created_by',
  'created_on',
  'description',
  'is_public',
  'logo',
  'modified_by',
  'modified_on',
  'name',
  'policy_url',
  'scopes',
  'terms_url',
  'website_url',
];

export const fullKeys = [
  ...infoKeys,
  'allowed_origins',
  'enabled',
  'logout_redirect_uris',
  'redirect_uris',
  'tenant',
].sort();

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: { field: string; code: string; message: string }[];
};

/** Returns the problem of a refused call and checks the members that every problem of this API has. */
export async function problemOf(answer: Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await answer.json()) as Problem;
  expect(problem).toMatchObject({
    type: 'https://api.onlyoffice.com/docspace/api-backend/get-started/basic-concepts',
    title: expect.any(String),
    status: answer.status,
    detail: expect.any(String),
    instance: expect.stringMatching(/^\/api\/2\.0\//),
  });
  return problem;
}
