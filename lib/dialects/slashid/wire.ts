import { z } from 'zod';
import { refuseGrantType } from '#lib/clients/rules';
import { grantTypes } from './grant-types.ts';

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

/** `POST /oauth2/clients`. A member that is null was left out. */
export const newClientWire = z.object({
  client_name: name,
  scopes,
  grant_types: grants,
  access_token_duration: duration.nullish(),
  refresh_token_duration: duration.nullish(),
  redirect_uris: addresses.nullish(),
  public: z.boolean({ error: 'Send true or false.' }).nullish(),
});

/** `PATCH /oauth2/clients/{id}`: nothing else is changed by it, whatever else is sent. */
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

/** `PUT /oauth2/clients/{id}/ui-configuration`: free-form beside these. */
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
