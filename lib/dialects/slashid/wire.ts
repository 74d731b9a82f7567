import { z } from 'zod';
import { type Client, refuseGrantType } from '#lib/clients/rules';

type GrantType = Client['grantTypes'][number];

/** The grant types that this API defines. */
const grantTypes = ['client_credentials', 'authorization_code', 'refresh_token'] as const satisfies GrantType[];

export const isGrantTypeHere = (grant: GrantType): boolean => grantTypes.some((known) => known === grant);

/** Adds `refresh_token` to `authorization_code`, because every client of this API has a lifetime for refresh tokens. */
export function withRefresh(grants: readonly GrantType[]): GrantType[] {
  return grants.includes('authorization_code') ? [...new Set([...grants, 'refresh_token' as const])] : [...grants];
}

const sentence = (missing: string, wrong: string) => ({
  error: ({ input }: { input?: unknown }) => (input == null ? missing : wrong),
});

const name = z.string(sentence('Send a name.', 'Send the name as a text.'));
const scopes = z.array(z.string({ error: 'Send each scope as a text.' }), sentence('Send a list.', 'Send a list.'));
const grants = z.array(
  z.enum(grantTypes, { error: ({ input }) => refuseGrantType(grantTypes, input) }),
  sentence('Send a list.', 'Send a list.'),
);
const duration = z.int({ error: 'Send a whole number of seconds.' });
const addresses = z.array(z.string({ error: 'Send each address as a text.' }), { error: 'Send a list of addresses.' });

/** `POST /oauth2/clients`. Null counts as missing. */
export const newClientWire = z.object({
  client_name: name,
  scopes,
  grant_types: grants,
  access_token_duration: duration.nullish(),
  refresh_token_duration: duration.nullish(),
  redirect_uris: addresses.nullish(),
  public: z.boolean({ error: 'Send true or false.' }).nullish(),
});

/** `PATCH /oauth2/clients/{id}`: other members are ignored. */
export const patchWire = z.object({
  client_name: name.nullish(),
  scopes: scopes.nullish(),
  grant_types: grants.nullish(),
  access_token_duration: duration.nullish(),
  refresh_token_duration: duration.nullish(),
  redirect_uris: addresses.nullish(),
});

const text = z.string({ error: 'Send a text.' }).nullish();
const flag = z.boolean({ error: 'Send true or false.' }).nullish();
const texts = z
  .record(z.string(), z.string({ error: 'Send each value as a text.' }), { error: 'Send an object.' })
  .nullish();

/** `PUT /oauth2/clients/{id}/ui-configuration`: additional members are free-form. */
export const appearanceWire = z.object({
  logoUrl: text,
  faviconUrl: text,
  pageTitle: text,
  pageBackgroundColor: text,
  showBadge: flag,
  storeLastFactor: flag,
  handleTypes: z.array(z.string({ error: 'Send each type as a text.' }), { error: 'Send a list.' }).nullish(),
  supportURL: text,
  alternativeAuthURL: text,
  themeVars: texts,
  textOverrides: texts,
  dynamicFlowConfig: z.record(z.string(), z.unknown(), { error: 'Send an object.' }).nullish(),
  dynamicFlowEnabled: flag,
});

/** This API's names for the domain's fields. */
const names = {
  name: 'client_name',
  grantTypes: 'grant_types',
  scopes: 'scopes',
  tokenEndpointAuthMethod: 'public',
  accessTokenLifetimeSeconds: 'access_token_duration',
  refreshTokenLifetimeSeconds: 'refresh_token_duration',
  redirectUris: 'redirect_uris',
  clientId: 'client_id',
  subject: 'person_id',
};

/** This API's names for the members of a UI configuration. */
export const appearanceNames = {
  logoUri: 'logoUrl',
  faviconUri: 'faviconUrl',
  pageTitle: 'pageTitle',
  pageBackgroundColor: 'pageBackgroundColor',
  showBadge: 'showBadge',
  storeLastFactor: 'storeLastFactor',
  handleTypes: 'handleTypes',
  supportUri: 'supportURL',
  alternativeAuthUri: 'alternativeAuthURL',
  themeVariables: 'themeVars',
  textOverrides: 'textOverrides',
  dynamicFlow: 'dynamicFlowConfig',
  dynamicFlowEnabled: 'dynamicFlowEnabled',
} as const;

const turned = (entries: object): ReadonlyMap<string, string> =>
  new Map(Object.entries(entries).map(([domain, wire]) => [wire, domain]));

export const domainNames = turned(names);
export const appearanceDomainNames = turned(appearanceNames);

const wireNames = new Map<string, string>(Object.entries({ ...names, ...appearanceNames }));

/** This API's name of a domain field's path. */
export function wireNameOf(field: string): string {
  const [name = '', ...rest] = field.split('.');
  return [wireNames.get(name) ?? name, ...rest].join('.');
}
