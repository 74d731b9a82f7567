import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '#db/schema/audit';
import { clients, secrets } from '#db/schema/client';
import { metadataDocuments } from '#db/schema/metadata-document';
import {
  createClient,
  disableClient,
  getOwnedClient,
  removeClient,
  type UpdateClient,
  updateClient,
} from '#lib/clients/index';
import { lifetimeSecondsMax } from '#lib/clients/rules';
import { type Issue, isRegistryError } from '#lib/kernel/errors';
import { refused } from '#lib/portal/forms';
import { createSecret, rotateSecret } from '#lib/secrets/index';
import { anOwner, type Someone } from '#support/actors';
import { ask, aToken } from '#support/api';
import { aPersonsAgent, authorizationUrl } from '#support/authorizing';
import { aKey } from '#support/client-keys';
import { db } from '#support/database';
import { aBody as docspaceBody } from '#support/docspace';
import { aSelfDescribedApp } from '#support/self-described';
import { readBranding, showBranding } from '../../app/(owner)/clients/[clientId]/branding/fields.ts';
import { readPermissions } from '../../app/(owner)/clients/[clientId]/permissions/permission.ts';
import { readRedirects, showRedirects } from '../../app/(owner)/clients/[clientId]/redirects/fields.ts';
import { showSettings } from '../../app/(owner)/clients/[clientId]/settings/fields.ts';
import { readSettings } from '../../app/(owner)/clients/[clientId]/settings/read.ts';
import { readNewClient } from '../../app/(owner)/clients/new/read.ts';

process.env.CLIENTELE_ALLOW_LOOPBACK_FETCH = 'true';
process.env.CLIENTELE_REGISTRATION = 'token';

type Json = Record<string, unknown>;
type Tenant = { owner: Someone; organizationId: string; token: string };
/** What a channel says about one member: its name there with the way into it, the rule where it names one, and the remedy. */
type Said = { field: string; rule: string | undefined; remedy: string };
/** What became of a call: what it refused, or the client that it made or changed. */
type Outcome = { said: Said[] } | { client: string };

const { jwk } = await aKey();
const site = 'https://ledger.example';
const callback = `${site}/callback`;

const fieldNames = [
  ...(['name', 'description', 'redirectUris', 'postLogoutRedirectUris', 'allowedOrigins', 'grantTypes'] as const),
  ...(['tokenEndpointAuthMethod', 'scopes', 'clientUri', 'logoUri', 'tosUri', 'policyUri', 'jwks', 'jwksUri'] as const),
  ...(['contacts', 'initiateLoginUri', 'backchannelLogoutUri', 'softwareId', 'accessTokenLifetimeSeconds'] as const),
];
type Field = (typeof fieldNames)[number];

/** One bad value of each kind: the field that has it, the rule that it breaks, and where in the value. */
type Kind = [what: string, field: Field, value: unknown, rule: string, at?: string];
const kinds: Kind[] = [
  ['a redirect URI with a user name', 'redirectUris', ['https://me:x@ledger.example/cb'], 'R3', '0'],
  ['a redirect URI with a fragment', 'redirectUris', [`${callback}#top`], 'R2', '0'],
  ['a redirect URI with an empty fragment', 'redirectUris', [`${callback}#`], 'R2', '0'],
  ['a redirect URI with a wildcard', 'redirectUris', ['https://*.ledger.example/cb'], 'R12', '0'],
  ['a redirect URI with dot segments', 'redirectUris', [`${site}/a/../cb`], 'R3', '0'],
  ['a redirect URI with a space', 'redirectUris', [`${site}/a b`], 'R3', '0'],
  ['a redirect URI over http', 'redirectUris', ['http://ledger.example/cb'], 'R5', '0'],
  ['a redirect URI on what only looks like loopback', 'redirectUris', ['http://127.1/cb'], 'R11', '0'],
  ['a redirect URI whose scheme runs code', 'redirectUris', ['javascript:alert(1)'], 'R4', '0'],
  ['a redirect URI that is no URI', 'redirectUris', ['ledger'], 'R1', '0'],
  ['a bad redirect URI beside a good one', 'redirectUris', [callback, 'https://me:x@ledger.example/cb'], 'R3', '1'],
  ['a logout URI with a fragment', 'postLogoutRedirectUris', [`${site}/bye#top`], 'R2', '0'],
  ['a logout URI over http', 'postLogoutRedirectUris', ['http://ledger.example/bye'], 'R5', '0'],
  ['an origin with a user name', 'allowedOrigins', ['https://me:x@ledger.example'], 'origin', '0'],
  ['a name with a control character', 'name', 'Led\u0007ger', 'M11'],
  ['a name that turns the text around', 'name', 'Ledger \u202Eknab', 'M11'],
  ['a name that is too long', 'name', 'x'.repeat(257), 'M11'],
  ['the platform’s name', 'name', 'Clientele Support', 'M11'],
  ['a description with a control character', 'description', 'Led\u0007ger', 'text'],
  ['a grant that is not offered', 'grantTypes', ['password'], 'M4', '0'],
  ['a grant that is not offered beside one that is', 'grantTypes', ['authorization_code', 'password'], 'M4', '1'],
  ['a method that is not offered', 'tokenEndpointAuthMethod', 'tls_client_auth', 'M6'],
  ['an unknown scope', 'scopes', ['no:such'], 'M16', '0'],
  ['a malformed scope', 'scopes', ['no"such'], 'M16', '0'],
  ['a website over http', 'clientUri', 'http://ledger.example', 'M13'],
  ['a logo over http', 'logoUri', 'http://ledger.example/logo.png', 'M13'],
  ['terms with a user name', 'tosUri', 'https://me:x@ledger.example/terms', 'M13'],
  ['a privacy policy that runs code', 'policyUri', 'javascript:alert(1)', 'M13'],
  ['a private key', 'jwks', { keys: [{ ...jwk, d: 'AAAA' }] }, 'M8', 'keys.0'],
  ['keys over http', 'jwksUri', 'http://ledger.example/keys', 'M8'],
  ['a contact that is no address', 'contacts', ['nobody'], 'M15', '0'],
  ['a bad contact beside a good one', 'contacts', ['ada@ledger.example', 'nobody'], 'M15', '1'],
  ['a sign-in start page over http', 'initiateLoginUri', 'http://ledger.example/login', 'M18'],
  ['logout told over http', 'backchannelLogoutUri', 'http://ledger.example/logout', 'M18'],
  ['a software id with a control character', 'softwareId', 'led\u0007ger', 'M22'],
  ['a lifetime of no time', 'accessTokenLifetimeSeconds', 0, 'lifetime'],
  ['a lifetime of more than 366 days', 'accessTokenLifetimeSeconds', lifetimeSecondsMax + 1, 'lifetime'],
];

/** How a channel creates or updates. */
type Deed = {
  /** How it spells the fields that it carries. */
  names: Partial<Record<Field, string>>;
  /** Sends one member among others that are right; an update is of the client `id`. */
  send: (tenant: Tenant, member: Json, id: string) => Promise<Outcome>;
  /** Where it answers otherwise on purpose. */
  differs?: Differences;
};
type Differences = Readonly<Record<string, Difference>>;
type Channel = {
  name: string;
  create: Deed;
  update?: Deed;
  /** A value of the domain as this channel writes it. */
  write?: (field: Field, value: unknown) => unknown;
  /** The place in a value as it names it. */
  place?: (field: Field, at: string | undefined) => string | undefined;
  /** A sentence in the characters that it may have. */
  say?: (remedy: string) => string;
  /** Where its creation and its update answer otherwise on purpose. */
  differs?: Differences;
};
type Difference = { why: string } & ({ accepted: true } | { rule?: string; remedy: string });

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const joined = (value: unknown) => (Array.isArray(value) ? value.join(' ') : value);
const scopeJoined = (field: Field, value: unknown) => (field === 'scopes' ? joined(value) : value);
const noPlaceInScopes = (field: Field, at: string | undefined) => (field === 'scopes' ? undefined : at);

type Http = {
  headers?: (tenant: Tenant) => Record<string, string>;
  /** What the answer to a creation says of the client. */
  idOf?: (body: Json) => unknown;
  read: (body: Json) => Said[];
};

async function sendTo(
  tenant: Pick<Tenant, 'token' | 'organizationId'>,
  [method, path, body]: [string, string, Json],
  { headers, idOf, read }: Http,
): Promise<Outcome> {
  const credentials = headers ? { headers: headers({ ...tenant } as Tenant) } : { token: tenant.token };
  const answer = await ask(method, path, { ...credentials, body });
  const text = await answer.text();
  const json = (text === '' ? {} : JSON.parse(text)) as Json;
  if (answer.status < 300) return { client: String(idOf?.(json) ?? '') };
  expect([400, 422], text).toContain(answer.status);
  return { said: read(json) };
}

/** Of a sentence "field: remedy (R3)". */
function readSentence(sentence: string): Said {
  const [, field = '', rest = ''] = /^([\w.#]+): (.*)$/s.exec(sentence) ?? [];
  return { field, ...readRemedy(rest) };
}

function readRemedy(text: string): Omit<Said, 'field'> {
  const [, remedy = text, rule] = /^(.*) \(([A-Z]\d{1,2})\)$/s.exec(text) ?? [];
  return { rule, remedy };
}

const nativeNames: Record<Field, string> = {
  name: 'client_name',
  description: 'description',
  redirectUris: 'redirect_uris',
  postLogoutRedirectUris: 'post_logout_redirect_uris',
  allowedOrigins: 'allowed_origins',
  grantTypes: 'grant_types',
  tokenEndpointAuthMethod: 'token_endpoint_auth_method',
  scopes: 'scope',
  clientUri: 'client_uri',
  logoUri: 'logo_uri',
  tosUri: 'tos_uri',
  policyUri: 'policy_uri',
  jwks: 'jwks',
  jwksUri: 'jwks_uri',
  contacts: 'contacts',
  initiateLoginUri: 'initiate_login_uri',
  backchannelLogoutUri: 'backchannel_logout_uri',
  softwareId: 'software_id',
  accessTokenLifetimeSeconds: 'access_token_lifetime_seconds',
};

type Flaw = { field: string; pointer: string; rule: string; message: string };
const nativeHttp: Http = {
  idOf: ({ client_id }) => client_id,
  read: ({ errors }) =>
    (errors as Flaw[]).map(({ pointer, rule, message }) => ({
      field: pointer.slice(2).replaceAll('/', '.'),
      rule,
      remedy: message,
    })),
};
const nativeBody = { client_name: 'Ledger', redirect_uris: [callback] };
const native: Channel = {
  name: 'native',
  write: scopeJoined,
  place: noPlaceInScopes,
  create: {
    names: nativeNames,
    send: (tenant, member) => sendTo(tenant, ['POST', '/api/v1/clients', { ...nativeBody, ...member }], nativeHttp),
  },
  update: {
    names: nativeNames,
    send: (tenant, member, id) => sendTo(tenant, ['PATCH', `/api/v1/clients/${id}`, member], nativeHttp),
  },
};

const docspaceHttp: Http = {
  idOf: ({ client_id }) => client_id,
  read: ({ errors }) =>
    (errors as { field: string; message: string }[]).map(({ field, message }) => {
      const [, item, rest = ''] = /^(?:Item (\d+): )?(.*)$/s.exec(message) ?? [];
      return { field: item === undefined ? field : `${field}.${Number(item) - 1}`, ...readRemedy(rest) };
    }),
};
const docspaceChanged = {
  name: 'name',
  description: 'description',
  allowedOrigins: 'allowed_origins',
  scopes: 'scopes',
};
const docspace: Channel = {
  name: 'docspace',
  write: (field, value) => (field === 'postLogoutRedirectUris' ? first(value) : value),
  create: {
    names: {
      ...docspaceChanged,
      redirectUris: 'redirect_uris',
      postLogoutRedirectUris: 'logout_redirect_uri',
      clientUri: 'website_url',
      tosUri: 'terms_url',
      policyUri: 'policy_url',
    },
    send: (tenant, member) =>
      sendTo(tenant, ['POST', '/api/2.0/clients', { ...docspaceBody, ...member }], docspaceHttp),
    differs: {
      'a name that is too long': {
        why: 'its documents give the bounds and the sentence',
        remedy: 'client name length is expected to be between 3 and 256 characters',
      },
    },
  },
  update: {
    names: docspaceChanged,
    send: (tenant, member, id) =>
      sendTo(tenant, ['PUT', `/api/2.0/clients/${id}`, { ...docspaceBody, ...member }], docspaceHttp),
  },
};

const telnyxHttp: Http = {
  idOf: ({ data }) => (data as Json).client_id,
  read: ({ error_description }) => [readSentence(String(error_description))],
};
const telnyxBody = {
  name: 'Ledger',
  client_type: 'confidential',
  allowed_scopes: ['openid'],
  allowed_grant_types: ['authorization_code'],
  redirect_uris: [callback],
};
const telnyxChanged = {
  name: 'name',
  redirectUris: 'redirect_uris',
  grantTypes: 'allowed_grant_types',
  scopes: 'allowed_scopes',
  logoUri: 'logo_uri',
  tosUri: 'tos_uri',
  policyUri: 'policy_uri',
};
const fewer = {
  why: 'it has words for fewer grants',
  rule: 'M4',
  remedy:
    'password is not offered: it hands tokens to the browser or passwords to the client. Choose one of client_credentials, authorization_code, refresh_token.',
};
const fewerGrants = { 'a grant that is not offered': fewer, 'a grant that is not offered beside one that is': fewer };
const telnyx: Channel = {
  name: 'telnyx',
  differs: {
    ...fewerGrants,
    'a method that is not offered': {
      why: 'it asks for the type of a client, of which there are two',
      rule: 'M6',
      remedy: 'Choose public or confidential.',
    },
  },
  create: {
    names: { ...telnyxChanged, tokenEndpointAuthMethod: 'client_type' },
    send: (tenant, member) => sendTo(tenant, ['POST', '/v2/oauth_clients', { ...telnyxBody, ...member }], telnyxHttp),
  },
  update: {
    names: telnyxChanged,
    send: (tenant, member, id) => sendTo(tenant, ['PUT', `/v2/oauth_clients/${id}`, member], telnyxHttp),
  },
};

const slashidHttp: Http = {
  headers: ({ token, organizationId }) => ({ 'slashid-api-key': token, 'slashid-orgid': organizationId }),
  idOf: ({ result }) => (result as Json).client_id,
  read: ({ errors }) => (errors as { message: string }[]).map(({ message }) => readSentence(message)),
};
const slashidBody = {
  client_name: 'Ledger',
  scopes: ['openid'],
  grant_types: ['authorization_code'],
  redirect_uris: [callback],
};
const slashidNames = {
  name: 'client_name',
  redirectUris: 'redirect_uris',
  grantTypes: 'grant_types',
  scopes: 'scopes',
  accessTokenLifetimeSeconds: 'access_token_duration',
};
const slashid: Channel = {
  name: 'slashid',
  differs: fewerGrants,
  create: {
    names: slashidNames,
    send: (tenant, member) => sendTo(tenant, ['POST', '/oauth2/clients', { ...slashidBody, ...member }], slashidHttp),
  },
  update: {
    names: slashidNames,
    send: (tenant, member, id) => sendTo(tenant, ['PATCH', `/oauth2/clients/${id}`, member], slashidHttp),
  },
};

const trackleHttp: Http = {
  idOf: ({ client }) => (client as Json).id,
  read: ({ error_description }) => [readSentence(String(error_description))],
};
const trackle: Channel = {
  name: 'trackle',
  differs: { 'a bad redirect URI beside a good one': { why: 'it carries one redirect URI', accepted: true } },
  write: (field, value) => (field === 'redirectUris' ? first(value) : scopeJoined(field, value)),
  place: () => undefined,
  create: {
    names: { name: 'name', redirectUris: 'redirect_uri', scopes: 'scope' },
    send: (tenant, member) =>
      sendTo(
        tenant,
        ['POST', '/v1/clients', { name: 'Ledger', type: 'web', redirect_uri: callback, ...member }],
        trackleHttp,
      ),
  },
  update: {
    names: { name: 'name', scopes: 'scope' },
    send: (tenant, member, id) => sendTo(tenant, ['PUT', `/v1/clients/${id}`, member], trackleHttp),
  },
};

const apps: Channel = {
  name: 'apps',
  create: {
    names: { name: 'name' },
    send: (tenant, member) =>
      sendTo(tenant, ['POST', '/o/apps/', { name: 'Ledger', ...member }], {
        idOf: ({ client_id }) => client_id,
        read: ({ error }) =>
          Object.entries((error as { details: Record<string, string[]> }).details).flatMap(([field, messages]) =>
            messages.map((message) => ({ field, ...readRemedy(message) })),
          ),
      }),
  },
};

const {
  description: _no,
  allowedOrigins: _none,
  accessTokenLifetimeSeconds: _neither,
  ...registrationNames
} = nativeNames;
const replaced = 'docs/decisions/0035: it is replaced rather than refused';
const registrationHttp: Http = {
  idOf: ({ client_id }) => client_id,
  read: ({ errors }) => (errors as Flaw[]).map(({ field, rule, message }) => ({ field, rule, remedy: message })),
};
const leftOut = { why: replaced, accepted: true } as const;
const asDecided = {
  'an unknown scope': leftOut,
  'a bad redirect URI beside a good one': leftOut,
  'a grant that is not offered beside one that is': leftOut,
  'a bad contact beside a good one': leftOut,
};
const registered = new Map<string, string>();
const registration: Channel = {
  name: 'registration',
  write: scopeJoined,
  create: {
    names: registrationNames,
    send: (tenant, member) =>
      sendTo(tenant, ['POST', '/oauth/register', { ...nativeBody, ...member }], {
        ...registrationHttp,
        idOf: ({ client_id, registration_access_token }) => {
          registered.set(String(client_id), String(registration_access_token));
          return client_id;
        },
      }),
  },
  update: {
    names: registrationNames,
    send: (tenant, member, id) => {
      const token = registered.get(id) ?? '';
      const body = { client_id: id, ...nativeBody, ...member };
      return sendTo({ ...tenant, token }, ['PUT', `/oauth/register/${id}`, body], registrationHttp);
    },
  },
  differs: asDecided,
};

const described = new Map<string, ReturnType<typeof aSelfDescribedApp>>();
/** Any request of the client has its document read: this is one. */
async function begin(app: ReturnType<typeof aSelfDescribedApp>): Promise<Outcome> {
  const { go } = await aPersonsAgent();
  const answer = await go(authorizationUrl(app), { headers: { accept: 'application/json' } });
  const [row] = await db.select().from(clients).where(eq(clients.metadataUrl, app.clientId));
  if (row) described.set(row.clientId, app);
  if (answer.status !== 401) return { client: row?.clientId ?? '' };
  const { error_description } = (await answer.json()) as { error_description: string };
  const [, sentence = ''] =
    /^The metadata document of the client cannot be used\. (.*)$/s.exec(error_description) ?? [];
  return { said: [readSentence(sentence)] };
}
const documents: Channel = {
  name: 'metadata_document',
  write: scopeJoined,
  create: { names: registrationNames, send: (_tenant, member) => begin(aSelfDescribedApp(member)) },
  update: {
    names: registrationNames,
    send: async (_tenant, member, id) => {
      const app = described.get(id);
      if (!app) throw new Error('no document');
      app.redescribe(member);
      await db
        .update(metadataDocuments)
        .set({ freshUntil: new Date(0) })
        .where(eq(metadataDocuments.clientId, id));
      return begin(app);
    },
  },
  // RFC 6749 §5.2
  say: (remedy) => remedy.replace(/["“”‘’]/g, "'"),
  differs: asDecided,
};

const texts = (value: unknown): string[] =>
  [value].flat().map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
/** The form as a page sends it, with one control changed. */
function formOf(shown: Record<string, string[]>, member: Json): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries({ ...shown, ...member }))
    for (const one of texts(values)) form.append(name, one);
  return form;
}
async function inPortal(form: FormData, work: () => Promise<{ clientId: string }>): Promise<Outcome> {
  try {
    return { client: (await work()).clientId };
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    const state = refused(error, form);
    if (state.status !== 'invalid') throw error;
    const rules = new Map(error.issues.map(({ field, rule }) => [field, rule]));
    return {
      said: Object.entries(state.fields).flatMap(([field, remedies]) =>
        remedies.map((remedy) => ({ field, rule: rules.get(field), remedy })),
      ),
    };
  }
}
const inUnits = 'people write a number and its unit';
const inTheForm = (names: readonly Field[]) => Object.fromEntries(names.map((name) => [name, name]));
const portal: Channel = {
  name: 'portal',
  write: (field, value) => (field === 'accessTokenLifetimeSeconds' ? [value, 'seconds'] : value),
  differs: {
    'a lifetime of no time': {
      why: inUnits,
      rule: 'lifetime',
      remedy: 'Write a number that makes 1 second to 366 days.',
    },
    'a lifetime of more than 366 days': {
      why: inUnits,
      rule: 'lifetime',
      remedy: 'Write a number that makes 1 second to 366 days.',
    },
  },
  create: {
    names: inTheForm(['name', 'redirectUris']),
    send: ({ owner, organizationId }, member) => {
      const shown = {
        name: ['Ledger'],
        applicationType: ['web'],
        environment: ['production'],
        redirectUris: [callback],
      };
      const form = formOf(shown, member);
      return inPortal(form, async () => (await createClient(owner, { organizationId, ...readNewClient(form) })).client);
    },
  },
  update: {
    names: inTheForm([
      ...(['name', 'description', 'redirectUris', 'postLogoutRedirectUris', 'allowedOrigins', 'grantTypes'] as const),
      ...(['tokenEndpointAuthMethod', 'scopes', 'clientUri', 'tosUri', 'policyUri', 'jwks', 'jwksUri'] as const),
      ...(['contacts', 'accessTokenLifetimeSeconds'] as const),
    ]),
    send: async ({ owner }, member, id) => {
      const client = await getOwnedClient(owner, id);
      const settings = formOf(showSettings(client), member);
      const branding = formOf(showBranding(client), member);
      const redirects = formOf(showRedirects(client), member);
      const permissions = formOf({ scopes: client.scopes, optionalScopes: client.optionalScopes }, member);
      const [field = ''] = Object.keys(member);
      const { patch, unreadable } = readSettings(settings);
      const pages: [form: FormData, patch: UpdateClient, unreadable: readonly Issue[]][] = [
        [settings, patch, unreadable],
        [branding, readBranding(branding), []],
        [redirects, readRedirects(redirects), []],
        [permissions, readPermissions(permissions), []],
      ];
      const [form, wanted, misread] = pages.find(([, asks]) => Object.hasOwn(asks, field)) ?? [
        settings,
        patch,
        unreadable,
      ];
      return inPortal(form, () => updateClient(owner, id, wanted, { version: client.version, unreadable: misread }));
    },
  },
};

const channels = [native, portal, docspace, telnyx, slashid, trackle, apps, registration, documents];
/** One policy under Telnyx's spelling; what it makes is managed as the rest is. */
const registrationOfTelnyx: Channel = {
  name: 'registration at /v2/oauth/register',
  write: scopeJoined,
  create: {
    names: registrationNames,
    send: (tenant, member) =>
      sendTo(tenant, ['POST', '/v2/oauth/register', { ...nativeBody, ...member }], registrationHttp),
  },
  differs: asDecided,
};
const deeds = [...channels, registrationOfTelnyx].flatMap((channel) =>
  (['create', 'update'] as const).flatMap((deed) => (channel[deed] ? [[channel.name, deed, channel] as const] : [])),
);

let tenant: Tenant;
beforeAll(async () => {
  const { owner, organizationId } = await anOwner(db);
  const token = await aToken(db, owner, organizationId, {
    scopes: ['clients:read', 'clients:write', 'clients:secrets', 'read', 'write'],
  });
  tenant = { owner, organizationId, token };
});

const made = async (channel: Channel): Promise<string> => {
  const outcome = await channel.create.send(tenant, {}, '');
  if ('said' in outcome) throw new Error(`what should be right is refused: ${JSON.stringify(outcome.said)}`);
  return outcome.client;
};
const everything = async () => JSON.stringify(await db.select().from(clients).orderBy(clients.number));
const rowsOfAudit = () =>
  db.select().from(auditEvents).where(eq(auditEvents.targetType, 'client')).orderBy(auditEvents.id);

/** What the native API says about the value: the remedy that every channel gives. */
const remedies = new Map<string, string>();

describe.each(deeds)('P9: %s, %s', (_name, deed, channel) => {
  const { names, send } = channel[deed] as Deed;
  const to = () => (deed === 'update' ? made(channel) : Promise.resolve(''));

  test('what is right is accepted', async () => {
    const outcome = await send(tenant, {}, await to());
    expect(outcome).not.toHaveProperty('said');
  });

  test.each(kinds)('%s', async (what, field, value, rule, at) => {
    const difference = { ...channel.differs, ...channel[deed]?.differs }[what];
    const id = await to();
    const [before, noted] = [await everything(), (await rowsOfAudit()).length];
    const name = names[field];
    const written = channel.write?.(field, value) ?? value;
    if (name === undefined) {
      // The channel has no such member: under whatever name it comes, nothing of it is kept.
      const column = clients[field];
      for (const spelling of new Set([field, nativeNames[field], column.name])) {
        const target = deed === 'update' ? await made(channel) : '';
        const outcome = await send(tenant, { [spelling]: written }, target);
        if ('said' in outcome) {
          for (const { remedy } of outcome.said) expect(remedy).toMatch(/there is no such member/i);
          continue;
        }
        const [row] = await db
          .select({ kept: column })
          .from(clients)
          .where(eq(clients.clientId, outcome.client || target));
        expect(JSON.stringify(row?.kept)).not.toBe(JSON.stringify(value));
      }
      return;
    }
    const outcome = await send(tenant, { [name]: written }, id);
    if (difference && 'accepted' in difference) {
      expect(outcome).not.toHaveProperty('said');
      return;
    }
    const place = channel.place ? channel.place(field, at) : at;
    const same = remedies.get(what);
    const remedy = difference?.remedy ?? (same && (channel.say?.(same) ?? same)) ?? expect.stringMatching(/./);
    const shown = channel === native || channel === portal || channel === registration || /^[A-Z]\d/.test(rule);
    expect(outcome).toEqual({
      said: [
        {
          field: place === undefined ? name : `${name}.${place}`,
          rule: difference ? difference.rule : shown ? rule : undefined,
          remedy,
        },
      ],
    });
    if (channel === native && deed === 'create' && 'said' in outcome) remedies.set(what, outcome.said[0]?.remedy ?? '');
    expect(await everything()).toBe(before);
    expect(await rowsOfAudit()).toHaveLength(noted);
  });
});

test('each difference is about a kind of the table', () => {
  const known = kinds.map(([what]) => what);
  const differences = channels.flatMap(({ differs, create, update }) =>
    [differs, create.differs, update?.differs].flatMap((some) => Object.keys(some ?? {})),
  );
  expect(known).toEqual(expect.arrayContaining(differences));
  expect(new Set(known).size).toBe(known.length);
});

test('registration and documents leave the bad item out and keep the good one', async () => {
  for (const channel of [registration, documents]) {
    const member = {
      redirect_uris: [callback, 'https://me:x@ledger.example/cb'],
      contacts: ['ada@ledger.example', 'nobody'],
    };
    const outcome = await channel.create.send(tenant, member, '');
    const [row] = await db
      .select()
      .from(clients)
      .where(eq(clients.clientId, 'client' in outcome ? outcome.client : ''));
    expect(row).toMatchObject({ redirectUris: [callback], contacts: ['ada@ledger.example'] });
  }
});

/** What one call notes, of what `made` made. */
type Noted = [what: string, call: (id: string) => Promise<unknown>, action: string];
const succeeds = async (answer: Promise<Response>) => {
  const { status } = await answer;
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(300);
};
const by = (method: string, path: (id: string) => string, body?: Json) => (id: string) =>
  succeeds(ask(method, path(id), { token: tenant.token, ...(body && { body }) }));
const bySlashid = (method: string, path: (id: string) => string, body?: Json) => (id: string) =>
  succeeds(ask(method, path(id), { headers: slashidHttp.headers?.(tenant) ?? {}, ...(body && { body }) }));
const changes = (channel: Channel, member: Json) => async (id: string) => {
  expect(await channel.update?.send(tenant, member, id)).not.toHaveProperty('said');
};
const numberOf = async (id: string) =>
  (await db.select({ number: clients.number }).from(clients).where(eq(clients.clientId, id)))[0]?.number;

const deleteApp = async (id: string) => {
  const number = (await numberOf(id)) ?? 0;
  await by('DELETE', () => `/o/apps/${number}/`)(id);
};

const writes: [channel: Channel, Noted[]][] = [
  [
    native,
    [
      ['an update', changes(native, { client_name: 'Renamed' }), 'client.update'],
      ['an update that ends its secrets', changes(native, { token_endpoint_auth_method: 'none' }), 'client.update'],
      [
        'a rotation',
        by('POST', (id) => `/api/v1/clients/${id}/secrets/rotate`, { overlap_seconds: 0 }),
        'secret.rotate',
      ],
      [
        'a rotation with an overlap',
        by('POST', (id) => `/api/v1/clients/${id}/secrets/rotate`, { overlap_seconds: 60 }),
        'secret.rotate',
      ],
      ['another secret', by('POST', (id) => `/api/v1/clients/${id}/secrets`, { name: 'CI' }), 'secret.create'],
      ['a clone', by('POST', (id) => `/api/v1/clients/${id}/clone`, {}), 'client.create'],
      ['a removal', by('DELETE', (id) => `/api/v1/clients/${id}`), 'client.delete'],
    ],
  ],
  [
    portal,
    [
      ['an update', changes(portal, { name: 'Renamed' }), 'client.update'],
      ['a rotation', (id) => rotateSecret(tenant.owner, id, { overlapSeconds: 3600 }), 'secret.rotate'],
      [
        'a rotation that ends the others',
        (id) => rotateSecret(tenant.owner, id, { overlapSeconds: 0 }),
        'secret.rotate',
      ],
      ['another secret', (id) => createSecret(tenant.owner, id, { name: 'CI' }), 'secret.create'],
      ['being switched off', (id) => disableClient(tenant.owner, id), 'client.disable'],
      ['a removal', (id) => removeClient(tenant.owner, id), 'client.delete'],
    ],
  ],
  [
    docspace,
    [
      ['an update', changes(docspace, { name: 'Renamed' }), 'client.update'],
      ['a rotation', by('PATCH', (id) => `/api/2.0/clients/${id}/regenerate`), 'secret.rotate'],
      [
        'being switched off',
        by('PATCH', (id) => `/api/2.0/clients/${id}/activation`, { status: false }),
        'client.disable',
      ],
      ['a removal', by('DELETE', (id) => `/api/2.0/clients/${id}`), 'client.delete'],
    ],
  ],
  [
    telnyx,
    [
      ['an update', changes(telnyx, { name: 'Renamed' }), 'client.update'],
      ['a removal', by('DELETE', (id) => `/v2/oauth_clients/${id}`), 'client.delete'],
    ],
  ],
  [
    slashid,
    [
      ['an update', changes(slashid, { client_name: 'Renamed' }), 'client.update'],
      ['a rotation', bySlashid('PUT', (id) => `/oauth2/clients/${id}/secret`), 'secret.rotate'],
      [
        'the look of its pages',
        bySlashid('PUT', (id) => `/oauth2/clients/${id}/ui-configuration`, { pageTitle: 'Hello' }),
        'client.change_appearance',
      ],
      ['a removal', bySlashid('DELETE', (id) => `/oauth2/clients/${id}`), 'client.delete'],
    ],
  ],
  [
    trackle,
    [
      ['an update', changes(trackle, { name: 'Renamed' }), 'client.update'],
      ['a removal', by('DELETE', (id) => `/v1/clients/${id}`), 'client.delete'],
    ],
  ],
  [apps, [['a removal', deleteApp, 'client.delete']]],
  [
    registration,
    [
      ['an update', changes(registration, { client_name: 'Renamed' }), 'client.update'],
      [
        'an update that ends its secrets',
        changes(registration, { token_endpoint_auth_method: 'none' }),
        'client.update',
      ],
      [
        'a removal',
        (id) => succeeds(ask('DELETE', `/oauth/register/${id}`, { token: registered.get(id) ?? '' })),
        'client.delete',
      ],
    ],
  ],
  [documents, [['an update', changes(documents, { client_name: 'Renamed' }), 'client.update']]],
];
const calls = writes.flatMap(([channel, noted]) => noted.map((one) => [channel.name, ...one, channel] as const));

/** That a kept secret is read is noted as well, wherever that happens. */
describe('P9: one row of the audit a call', () => {
  const during = async (work: () => Promise<unknown>) => {
    const before = await rowsOfAudit();
    await work();
    const rows = (await rowsOfAudit()).slice(before.length).filter(({ action }) => action !== 'secret.read');
    return rows.map(({ channel, action }) => `${channel} ${action}`);
  };

  test.each(channels.map((one) => [one.name, one] as const))('%s: a creation', async (name, channel) => {
    expect(await during(() => made(channel))).toEqual([`${name} client.create`]);
  });

  test.each(calls)('%s: %s', async (name, _what, call, action, channel) => {
    const id = await made(channel);
    expect(await during(() => call(id))).toEqual([`${name} ${action}`]);
  });

  // A document is read anew once its client is gone.
  const ofSomebody = calls.filter(([name]) => name !== documents.name);
  test.each(ofSomebody)('%s: %s that is refused leaves none', async (_name, _what, call, _action, channel) => {
    const id = await made(channel);
    await db.delete(clients).where(eq(clients.clientId, id));
    expect(await during(() => expect(call(id)).rejects.toThrow())).toEqual([]);
  });

  test('a registration whose secrets are all over is given one by one row, though nothing else changes', async () => {
    const id = await made(registration);
    await db
      .update(secrets)
      .set({ expiresAt: new Date(0) })
      .where(eq(secrets.clientId, id));
    expect(await during(() => changes(registration, {})(id))).toEqual(['registration secret.create']);
    expect(await during(() => changes(registration, {})(id))).toEqual([]);
  });

  test('a registration that comes to need a secret is given it by one row', async () => {
    const outcome = await registration.create.send(tenant, { token_endpoint_auth_method: 'none' }, '');
    const id = 'client' in outcome ? outcome.client : '';
    const update = changes(registration, { token_endpoint_auth_method: 'client_secret_basic' });
    expect(await during(() => update(id))).toEqual(['registration client.update']);
    expect((await rowsOfAudit()).at(-1)?.after).toMatchObject({ secretId: expect.any(String) });
  });
});
