import { tableOf } from '#lib/table';

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
