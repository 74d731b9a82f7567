import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { artifacts } from '#db/schema/artifact';
import { clients, secrets } from '#db/schema/client';
import { mails } from '#db/schema/mail';
import { members } from '#db/schema/organization';
import { registrations } from '#db/schema/registration';
import { users } from '#db/schema/user';
import {
  disableClient,
  enableClient,
  removeClient,
  removeClients,
  suspendClient,
  unsuspendClient,
  updateClient,
} from '#lib/clients/index';
import { findOwnGrantTo, revokeGrant, revokeScopes } from '#lib/grants/index';
import { leaveOrganization, removeMember } from '#lib/members/index';
import { removeUnusedRegistrations } from '#lib/registrations/index';
import { createResource, removeResource } from '#lib/resources/index';
import { createSecret, expireSecret, revokeSecret, rotateSecret } from '#lib/secrets/index';
import { endOtherSessions, endOwnSession, endSession } from '#lib/sessions/index';
import { rotateSigningKeys } from '#lib/signing-keys/index';
import { changePassword, hashPassword, requestPasswordReset, resetPassword, setPassword } from '#lib/users/index';
import type { Someone } from '#support/actors';
import { callback, redeem, refresh } from '#support/authorizing';
import { db } from '#support/database';
import { deviceGrant, poll } from '#support/device';
import { api, type Everything, everythingGiven, operator } from '#support/everything-given';
import { origin } from '#support/listening';
import { basic, post } from '#support/oauth';

type Step = (all: Everything) => Promise<unknown>;
/** What happens, and where it can be taken back, how. */
type Way = Step | { happens: Step; isPublic?: boolean; undone?: Step };

const password = 'correct horse battery';
const passwordHash = await hashPassword(password);
const setOwnPassword = ({ actor: { userId } }: Someone) =>
  db.update(users).set({ passwordHash }).where(eq(users.id, userId));

/** The person in a browser elsewhere. */
async function inAnotherBrowser({ agent, person }: Everything): Promise<Someone> {
  const { jar } = agent;
  const before = new Map(jar);
  const sessionId = await agent.signIn(person);
  for (const [name, cookie] of before) jar.set(name, cookie);
  return { ...person, actor: { ...person.actor, sessionId } };
}

async function newPassword(all: Everything, who: Someone, everywhere = false) {
  await setOwnPassword(all.person);
  await changePassword(who, { currentPassword: password, newPassword: 'another horse battery', everywhere });
}

const byApi =
  (method: string, pathOf: (all: Everything, grantId: string) => string): Step =>
  async (all) => {
    const grant = await findOwnGrantTo(all.person, all.clientId);
    const headers = { authorization: `Bearer ${all.apiToken}` };
    const { status } = await fetch(origin + pathOf(all, grant?.id ?? ''), { method, headers });
    expect(status).toBeLessThan(300);
  };

const revoke = async (by: Everything['shown'], token = '') =>
  expect((await post('/oauth/revoke', { token }, { authorization: basic(by) })).status).toBe(200);

const takeOut = ({ owner, clientId }: Everything, patch: object) => updateClient(owner, clientId, patch);
const setOpen = ({ clientId }: Everything, openToOtherOrganizations: boolean) =>
  db.update(clients).set({ openToOtherOrganizations }).where(eq(clients.clientId, clientId));
const again = ({ organizationId, person: { actor } }: Everything) =>
  db.insert(members).values({ organizationId, userId: actor.userId, role: 'developer' });

/** Rows and ways are those of the table in the docs, cell by cell. */
const events: Record<string, Record<string, Way>> = {
  'the client is deleted': {
    'by its owner': ({ owner, clientId }) => removeClient(owner, clientId),
    'with many others': ({ owner, organizationId }) =>
      removeClients(owner, { organizationId, provenance: 'portal', all: true }),
    'through its registration (RFC 7592)': async ({ clientId, registration }) => {
      const headers = { authorization: `Bearer ${registration}` };
      expect((await fetch(`${origin}/oauth/register/${clientId}`, { method: 'DELETE', headers })).status).toBe(204);
    },
    'unused for thirty days': async ({ clientId }) => {
      const then = new Date(Date.now() - 31 * 24 * 3600 * 1000);
      await db.update(registrations).set({ open: true, createdAt: then }).where(eq(registrations.clientId, clientId));
      await db.update(clients).set({ lastUsedAt: then, createdAt: then }).where(eq(clients.clientId, clientId));
      expect(await removeUnusedRegistrations(db, new Date())).toBe(1);
    },
  },
  'the client is disabled, or suspended by the operator': {
    'and enabled again': {
      happens: ({ owner, clientId }) => disableClient(owner, clientId),
      undone: ({ owner, clientId }) => enableClient(owner, clientId),
    },
    'and unsuspended again': {
      happens: ({ clientId }) => suspendClient(operator, clientId),
      undone: ({ clientId }) => unsuspendClient(operator, clientId),
    },
  },
  'a secret is revoked': {
    revoked: ({ owner, clientId, shown }) => revokeSecret(owner, clientId, shown.secretId),
    'rotated with no overlap': async ({ owner, clientId, given }) => {
      given.as = { clientId, secret: (await rotateSecret(owner, clientId, { overlapSeconds: 0 })).value ?? '' };
    },
    'the client becomes public': async (all) => {
      await takeOut(all, {
        tokenEndpointAuthMethod: 'none',
        grantTypes: ['authorization_code', 'refresh_token', deviceGrant],
      });
      all.given.as = { clientId: all.clientId, secret: '' };
    },
    'the app leaves people’s devices': async (all) => {
      const grantTypes = ['authorization_code', 'refresh_token', deviceGrant];
      await takeOut(all, { applicationType: 'native', grantTypes });
      await takeOut(all, { applicationType: 'web', grantTypes: [...grantTypes, 'client_credentials'] });
      const { value = '' } = await createSecret(all.owner, all.clientId, { name: 'Of the server' });
      all.given.as = { clientId: all.clientId, secret: value };
    },
  },
  'a secret expires or gets an expiry': {
    'it expires': ({ shown }) =>
      db
        .update(secrets)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(secrets.id, shown.secretId)),
    'gets an expiry': ({ owner, clientId, shown }) =>
      expireSecret(owner, clientId, shown.secretId, new Date(Date.now() + 60_000)),
    'rotated with an overlap': ({ owner, clientId }) => rotateSecret(owner, clientId, { overlapSeconds: 3600 }),
  },
  'a scope is removed from the registration': {
    'by its owner': {
      happens: (all) => takeOut(all, { scopes: ['openid', 'offline_access', 'read', 'clients:read'] }),
    },
  },
  'lifetimes or redirect URIs are edited': {
    lifetimes: (all) => takeOut(all, { accessTokenLifetimeSeconds: 60, refreshTokenLifetimeSeconds: 60 }),
    'one more redirect URI': (all) => takeOut(all, { redirectUris: [callback, `${callback}/2`] }),
  },
  'the grant types are removed': {
    'and registered again': {
      happens: (all) => takeOut(all, { grantTypes: ['client_credentials'], responseTypes: [], redirectUris: [] }),
      undone: (all) =>
        takeOut(all, {
          grantTypes: ['client_credentials', 'authorization_code', 'refresh_token', deviceGrant],
          responseTypes: ['code'],
          redirectUris: [callback],
        }),
    },
  },
  'a person revokes the app': {
    'in the portal': async ({ person, clientId }) => {
      const grant = await findOwnGrantTo(person, clientId);
      expect(await revokeGrant(person, grant?.id ?? '')).toMatchObject({ clientId });
    },
    'by our own API': byApi('DELETE', (_all, grantId) => `/api/v1/grants/${grantId}`),
    'by DocSpace’s': byApi('DELETE', ({ clientId }) => `/api/2.0/clients/${clientId}/revoke`),
    'by Telnyx’s': byApi('DELETE', (_all, grantId) => `/v2/oauth_grants/${grantId}`),
  },
  'a person revokes one scope': {
    'in the portal': async ({ person, clientId }) => {
      const grant = await findOwnGrantTo(person, clientId);
      await revokeScopes(person, grant?.id ?? '', ['profile']);
    },
  },
  'a person revokes access while signed out (`offline_access`)': {
    'in the portal': async ({ person, clientId }) => {
      const grant = await findOwnGrantTo(person, clientId);
      await revokeScopes(person, grant?.id ?? '', ['offline_access']);
    },
  },
  'a person’s session ends': {
    'they sign out': ({ signedIn }) => endOwnSession(signedIn),
    'an app ends it (RP-initiated logout)': async ({ agent, clientId }) => {
      const asked = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: callback });
      const page = (await agent.go(`/oauth/end-session?${asked}`)).headers.get('x-page') ?? '';
      const note = new URL(page, origin).searchParams.get('note') ?? '';
      // The browser keeps its cookie, and what it says is over.
      const cookies = new Map(agent.jar);
      const answer = await agent.go('/oauth/end-session/answer', {
        method: 'POST',
        body: new URLSearchParams({ note, decision: 'leave' }),
        headers: { origin },
      });
      expect(answer.headers.get('location')).toBe(callback);
      for (const [name, cookie] of cookies) agent.jar.set(name, cookie);
    },
    'from another browser': async (all) => endSession(await inAnotherBrowser(all), all.agent.sessionId ?? ''),
    'with all the others': async (all) => endOtherSessions(await inAnotherBrowser(all)),
    'by a new password, elsewhere': async (all) => newPassword(all, await inAnotherBrowser(all)),
    'by a password reset': async ({ person }) => {
      const [user] = await db.select().from(users).where(eq(users.id, person.actor.userId));
      await (await requestPasswordReset(person, user?.email ?? ''))();
      const [mail] = await db
        .select()
        .from(mails)
        .where(eq(mails.recipient, user?.email ?? ''));
      const [, token = ''] = /reset-password[/?](?:token=)?([\w-]+)/.exec(mail?.body ?? '') ?? [];
      await resetPassword(person, { token, password: 'another horse battery' });
    },
    'by the operator’s command': async ({ person }) => {
      const [user] = await db.select().from(users).where(eq(users.id, person.actor.userId));
      await setPassword(operator, { email: user?.email ?? '', password: 'another horse battery' });
    },
  },
  'a person signs in again in that browser': {
    'as the same': async ({ agent, signedIn }) => agent.signIn(signedIn),
  },
  'a new password, in that browser': {
    'without signing out elsewhere': (all) => newPassword(all, all.signedIn),
  },
  'a new password with “sign out everywhere, apps too”': {
    'in that browser': (all) => newPassword(all, all.signedIn, true),
  },
  'a person leaves the client’s organization': {
    'removed, and added again': {
      happens: ({ owner, organizationId, person }) => removeMember(owner, organizationId, person.actor.userId),
      undone: again,
    },
    'they leave': { happens: ({ organizationId, person }) => leaveOrganization(person, organizationId), undone: again },
  },
  'the client is limited to members, and the person is none': {
    'and opened to all again': {
      happens: async (all) => {
        await setOpen(all, false);
        await removeMember(all.owner, all.organizationId, all.person.actor.userId);
      },
      undone: async (all) => {
        await setOpen(all, true);
        await again(all);
      },
    },
  },
  'a redirect URI is removed': {
    'and registered again': {
      happens: (all) => takeOut(all, { redirectUris: [`${callback}/2`], postLogoutRedirectUris: [] }),
      undone: (all) => takeOut(all, { redirectUris: [callback] }),
    },
  },
  'the authorization code is used twice': {
    'by an app in a browser': async ({ shown, given }) => {
      const { body } = await redeem(shown, given.code, given.redirected);
      Object.assign(given, body);
      expect((await redeem(shown, given.code, given.redirected)).body.error).toBe('invalid_grant');
    },
  },
  'the device code is used twice': {
    'while it was valid': async ({ shown, given }) => {
      const { body } = await poll(shown, given.deviceCode);
      Object.assign(given, body);
      const code = given.deviceCode;
      given.deviceCode = await given.anotherDeviceCode();
      expect((await poll(shown, code)).body.error).toBe('invalid_grant');
    },
  },
  'a public client’s refresh token is used again within the grace': {
    'by two requests at once': {
      isPublic: true,
      happens: async ({ shown, given }) => {
        const first = given.refresh_token ?? '';
        const [one, other] = await Promise.all([refresh(shown, first), refresh(shown, first)]);
        expect([one.status, other.status]).toEqual([200, 200]);
        Object.assign(given, one.body);
      },
    },
    'after a lost answer': {
      isPublic: true,
      happens: async ({ shown, given }) => {
        const first = given.refresh_token ?? '';
        expect((await refresh(shown, first)).status).toBe(200);
        Object.assign(given, (await refresh(shown, first)).body);
      },
    },
  },
  'a public client’s refresh token is used again after the grace': {
    'in any order': {
      isPublic: true,
      happens: async ({ shown, given }) => {
        const first = given.refresh_token ?? '';
        Object.assign(given, (await refresh(shown, first)).body);
        await db
          .update(artifacts)
          .set({ consumedAt: new Date(Date.now() - 31_000) })
          .where(eq(artifacts.kind, 'RefreshGeneration'));
        expect((await refresh(shown, first)).body.error).toBe('invalid_grant');
      },
    },
  },
  'an app revokes a token (RFC 7009)': {
    'an access token': ({ shown, given }) => revoke(shown, given.access_token),
    'a refresh token': ({ shown, given }) => revoke(shown, given.refresh_token),
  },
  'an app revokes a token of its own': {
    'its access token': ({ shown, given }) => revoke(shown, given.program),
  },
  'an app revokes all of its tokens for a person': {
    'by SlashID’s API': async ({ shown, person }) => {
      const form = { person_id: person.actor.userId };
      const { status } = await post('/oauth2/tokens/revoke-all', form, { authorization: basic(shown) });
      expect(status).toBe(200);
    },
  },
  'the server’s own data changes': {
    'signing keys are rotated': () => rotateSigningKeys(operator),
    'a resource is removed': async () => {
      const { uri, name, scopes, accessTokenFormat } = api;
      await removeResource(operator, uri);
      onTestFinished(async () => void (await createResource(operator, { uri, name, scopes, accessTokenFormat })));
    },
  },
};

/** The table of the docs: the cell of each column, by row and way. */
function readTable() {
  const page = readFileSync('docs/what-ends-which-tokens.md', 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [[, , ...columns] = [], , ...said] = rows;
  return {
    columns,
    rows: said.map(([what = '', ways = '', ...cells]) => ({
      what,
      ways: ways.split(' · '),
      cells: Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])),
    })),
  };
}

const table = readTable();

test('its rows, ways and columns are those that are tested here', async () => {
  expect(Object.fromEntries(table.rows.map(({ what, ways }) => [what, ways]))).toEqual(
    Object.fromEntries(Object.entries(events).map(([what, ways]) => [what, Object.keys(ways)])),
  );
  expect(table.columns).toEqual(Object.keys((await everythingGiven()).holders));
});

/** Columns that stay usable after they were checked once. */
const lasting = ['access', 'registry', 'own token', 'JWT', 'grant', 'session', 'registration', 'API token'];
const trials = table.rows.flatMap(({ what, ways, cells }) => ways.map((way) => ({ what, way, cells })));

describe.each(trials)('$what: $way', ({ what, way, cells }) => {
  test('has the effects of the table, also in another process', async () => {
    const planned = events[what]?.[way];
    if (!planned) throw new Error('no test for this row');
    const { happens, undone, isPublic = false } = typeof planned === 'function' ? { happens: planned } : planned;
    const all = await everythingGiven({ isPublic });
    // Loads each of them into the other process first.
    for (const column of lasting) expect(await all.holders[column]?.()).toSatisfy((one) => one === 'good' || !one);
    const found = async (columns: string[]) => {
      const one: Record<string, string> = {};
      for (const column of columns) one[column] = (await all.holders[column]?.()) ?? '–';
      return one;
    };
    await happens(all);
    const says = { '': 'good', less: 'less', ends: 'refused', waits: 'refused', '–': '–' } as Record<string, string>;
    const columns = Object.keys(cells);
    const now = await found(columns);
    expect(now).toEqual(Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, says[cell]])));
    if (!undone) return;
    await undone(all);
    const then = columns.filter((column) => cells[column] === 'ends' || cells[column] === 'waits');
    expect(await found(then)).toEqual(
      Object.fromEntries(then.map((column) => [column, cells[column] === 'ends' ? 'refused' : 'good'])),
    );
  });
});
