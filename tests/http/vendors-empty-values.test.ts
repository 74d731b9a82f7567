import { expect, test } from 'vitest';
import { ask, aToken } from '#support/api';
import { db } from '#support/database';
import { anOrganizationWithApps } from '#support/docspace';
import { anOrg, call, machine, site } from '#support/slashid';
import { aBody, anAccount } from '#support/telnyx';
import { anOrganizationWithProduct } from '#support/trackle';

// An empty value of something that may be left out is no value: no vendor's caller is told that it is a wrong one.

test('Telnyx: an empty page address is none, at first and later; null for a list or a flag leaves it out', async () => {
  const { token } = await anAccount();
  const none = { logo_uri: '', tos_uri: '', policy_uri: '', redirect_uris: null, require_pkce: null };
  const made = await ask('POST', '/v2/oauth_clients', { token, body: { ...aBody, ...none } });
  expect(made.status, await made.clone().text()).toBe(201);
  const { data } = (await made.json()) as { data: { client_id: string } };
  expect(data).toMatchObject({
    logo_uri: null,
    tos_uri: null,
    policy_uri: null,
    redirect_uris: [],
    require_pkce: false,
  });
  const path = `/v2/oauth_clients/${data.client_id}`;
  const put = async (body: object) => (await (await ask('PUT', path, { token, body })).json()) as { data: object };
  const pages = { tos_uri: 'https://site.example/terms', policy_uri: 'https://site.example/privacy' };
  expect((await put(pages)).data).toMatchObject(pages);
  const after = await put({ tos_uri: '', redirect_uris: null, require_pkce: null });
  expect(after.data).toMatchObject({ ...pages, tos_uri: null });
});

test('Telnyx: a parameter of a list without a value is left out', async () => {
  const { owner, organizationId, make } = await anAccount();
  await make();
  const token = await aToken(db, owner, organizationId, { scopes: ['clients:read', 'grants:read'] });
  const names = ['page[size]', 'page[number]', 'filter[client_type]', 'filter[verified]', 'filter[name]'];
  const more = ['filter[name][contains]', 'filter[client_id]', 'filter[allowed_grant_types][contains]'];
  const query = new URLSearchParams([...names, ...more].map((name) => [name, '']));
  const read = async (path: string) => (await ask('GET', path, { token })).json();
  expect(await read(`/v2/oauth_clients?${query}`)).toMatchObject({
    data: [{ name: aBody.name }],
    meta: { page_size: 20 },
  });
  expect(await read('/v2/oauth_grants?page[size]=&page[number]=')).toMatchObject({ data: [], meta: { page_size: 20 } });
});

test('SlashID: an empty text of a UI configuration, header or parameter is left out', async () => {
  const { org, key, make } = await anOrg();
  const { client_id } = await make({ ...site, redirect_uris: site.redirect_uris, access_token_duration: null });
  const put = await call('PUT', `/oauth2/clients/${client_id}/ui-configuration`, {
    key,
    org,
    headers: { 'slashid-required-consistency': '', 'slashid-required-consistency-timeout': '' },
    body: {
      logoUrl: '',
      faviconUrl: '',
      pageBackgroundColor: '',
      supportURL: '',
      handleTypes: null,
      pageTitle: 'Hello',
    },
  });
  expect([put.status, await put.json()]).toEqual([201, { result: { pageTitle: 'Hello' } }]);
  const read = async (query: string) => (await call('GET', `/oauth2/clients${query}`, { key, org })).json();
  expect(await read('?limit=&offset=')).toEqual(await read(''));
  expect(await make({ ...machine, redirect_uris: [] })).toMatchObject({ redirect_uris: [] });
});

test('DocSpace: an empty parameter of a list is left out; where it is needed it is missing', async () => {
  const { owner, organizationId, make } = await anOrganizationWithApps();
  await make('Docs bot');
  const token = await aToken(db, owner, organizationId, { scopes: ['clients:read', 'grants:read'] });
  const read = async (path: string) => (await ask('GET', path, { token })).json();
  const listed = await read('/api/2.0/clients?limit=&last_client_id=&last_created_on=');
  expect(listed).toMatchObject({ data: [{ name: 'Docs bot' }], limit: 30 });
  for (const path of ['/api/2.0/clients/info', '/api/2.0/clients/consents'])
    expect(await read(`${path}?limit=`)).toMatchObject({ errors: [{ field: 'limit', code: 'EmptyFieldError' }] });
  expect(await read('/api/2.0/clients/consents?limit=5&last_modified_on=')).toMatchObject({ data: [], limit: 5 });
});

test('Trackle: an empty redirect URI or scope is none, as JSON and as a form; null leaves a member as it is', async () => {
  const { token } = await anOrganizationWithProduct();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const bodies: [unknown, Record<string, string>][] = [
    [{ name: 'my-app', type: 'installed', redirect_uri: '', scope: '' }, {}],
    ['name=my-app&type=installed&redirect_uri=&scope=', headers],
  ];
  for (const [body, sent] of bodies) {
    const made = await ask('POST', '/v1/clients', { token, body, headers: sent });
    const { client } = (await made.json()) as { client: { id: string } };
    expect([made.status, client]).toMatchObject([200, { name: 'my-app', scope: '' }]);
    expect(client).not.toHaveProperty('redirect_uri');
    const put = await ask('PUT', `/v1/clients/${client.id}`, { token, body: { name: null, scope: null } });
    expect([put.status, await put.json()]).toMatchObject([200, { client }]);
  }
});
