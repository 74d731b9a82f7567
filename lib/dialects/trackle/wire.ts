import { z } from 'zod';
import { tableOf } from '#lib/kernel/table';

/** `installed` runs on people's machines or by itself, `web` behind a redirect URI on a server. */
export const types = ['installed', 'web'] as const;

const name = z.string({ error: ({ input }) => (input == null ? 'Send a name.' : 'Send the name as a text.') });

/** Several scopes stand in one text; an empty one means none. */
const scope = z.string({ error: 'Send the scopes as one text, separated by spaces.' }).nullish();

/** `POST /clients`, as JSON or as a form: a member that is empty there was left out. */
export const newClientWire = z.object({
  name,
  type: z.enum(types, { error: 'Choose one of installed, web.' }),
  redirect_uri: z.string({ error: 'Send one redirect URI as a text.' }).nullish(),
  scope,
});

/** `PUT /clients/:clientId`: nothing else is changed by it, whatever else is sent. */
export const patchWire = z.object({ name: name.nullish(), scope });

/** This API's names of the domain's fields. */
const wireNames = {
  applicationType: 'type',
  redirectUris: 'redirect_uri',
  scopes: 'scope',
};

export const wireName = tableOf<string>(wireNames);

export const domainNames: ReadonlyMap<string, string> = new Map(
  Object.entries(wireNames).map(([domain, wire]) => [wire, domain]),
);
