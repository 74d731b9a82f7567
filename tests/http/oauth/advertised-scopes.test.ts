import { beforeAll, describe, expect, test } from 'vitest';
import { updateScope } from '#lib/scopes/index';
import { anOwner, stranger } from '#support/actors';
import { callback } from '#support/authorizing';
import { db } from '#support/database';
import { origin } from '#support/listening';
import { aScopeRow } from '#support/scope-row';

process.env.CLIENTELE_REGISTRATION = 'open';

const operator = { ...stranger(db), actor: { kind: 'command_line' } } as const;
const added = { normal: 'orders:read', restricted: 'orders:all' };

beforeAll(async () => {
  await aScopeRow(added.normal);
  await aScopeRow(added.restricted, { sensitivity: 'restricted' });
});

const advertised = async (path = '/.well-known/oauth-authorization-server'): Promise<string[]> =>
  (await (await fetch(origin + path)).json()).scopes_supported;

/** What a client is given that registers with nobody's leave. */
async function givenToStrangers(body: object = {}): Promise<string[]> {
  const metadata = { redirect_uris: [callback], token_endpoint_auth_method: 'none', ...body };
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(metadata) };
  return (await (await fetch(`${origin}/oauth/register`, init)).json()).scope.split(' ');
}

describe('a scope that an operator adds', () => {
  test('is neither advertised nor given to strangers, also where they ask for it', async () => {
    for (const scope of Object.values(added)) {
      expect(await advertised()).not.toContain(scope);
      expect(await givenToStrangers()).not.toContain(scope);
      expect(await givenToStrangers({ scope: `openid ${scope}` })).toEqual(['openid']);
    }
  });

  test('is both once the operator says so', async () => {
    await updateScope(operator, added.normal, { advertised: true });
    expect(await advertised()).toContain(added.normal);
    expect(await givenToStrangers()).not.toContain(added.normal);
    await updateScope(operator, added.normal, { advertised: false, openToStrangers: true });
    expect(await advertised()).not.toContain(added.normal);
    expect(await givenToStrangers()).toContain(added.normal);
    expect(await givenToStrangers({ scope: added.normal })).toEqual([added.normal]);
  });

  test('is never open to strangers where it is restricted', async () => {
    const open = updateScope(operator, added.restricted, { openToStrangers: true });
    await expect(open).rejects.toMatchObject({ code: 'invalid_metadata', field: 'openToStrangers' });
    expect(await updateScope(operator, added.restricted, { advertised: true })).toMatchObject({ advertised: true });
  });
});

test('those that were there are advertised as far as they identify people or read what is normal', async () => {
  const documents = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'];
  for (const document of documents) {
    const names = await advertised(document);
    expect(names).toEqual(
      expect.arrayContaining(['openid', 'profile', 'email', 'offline_access', 'read', 'files:read']),
    );
    for (const name of ['write', 'files:write', 'admin', 'clients:read', 'clients:write', 'clients:secrets'])
      expect(names).not.toContain(name);
  }
});

test('of the registry’s own scopes its metadata name those that are advertised, and no document of a resource offline_access', async () => {
  const path = '/.well-known/oauth-protected-resource';
  expect(await advertised(path)).toEqual(['read']);
  await updateScope(operator, 'clients:read', { advertised: true });
  for (const document of [path, `${path}/api/v1/clients`, `${path}/o/apps/`])
    expect((await advertised(document)).toSorted()).toEqual(['clients:read', 'read']);
  const refused = await fetch(`${origin}/api/v1/clients`);
  expect(refused.headers.get('www-authenticate')).not.toContain('offline_access');
});

test('is the operator’s to say', async () => {
  const { owner } = await anOwner(db);
  for (const someone of [owner, stranger(db)])
    await expect(updateScope(someone, 'read', { advertised: false })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(updateScope(operator, 'never-was', { advertised: true })).rejects.toMatchObject({ code: 'not_found' });
});
