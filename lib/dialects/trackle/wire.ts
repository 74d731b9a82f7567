import { z } from 'zod';
import { tableOf } from '#lib/kernel/table';

/** `installed`: a program on a person's machine or without a person; `web`: a server with a redirect URI. */
export const types = ['installed', 'web'] as const;

const name = z.string({ error: ({ input }) => (input == null ? 'Send a name.' : 'Send the name as a text.') });

/** Scopes are one space-separated text; an empty text means none. */
const scope = z.string({ error: 'Send the scopes as one text, separated by spaces.' }).nullish();

/** `POST /clients`, as JSON or as a form; an empty member of a form counts as missing. */
export const newClientWire = z.object({
  name,
  type: z.enum(types, { error: 'Choose one of installed, web.' }),
  redirect_uri: z.string({ error: 'Send one redirect URI as a text.' }).nullish(),
  scope,
});

/** `PUT /clients/:clientId`: other members are ignored. */
export const patchWire = z.object({ name: name.nullish(), scope });

/** This API's names for the domain's fields. */
const wireNames = {
  applicationType: 'type',
  redirectUris: 'redirect_uri',
  scopes: 'scope',
};

export const wireName = tableOf<string>(wireNames);

export const domainNames: ReadonlyMap<string, string> = new Map(
  Object.entries(wireNames).map(([domain, wire]) => [wire, domain]),
);
