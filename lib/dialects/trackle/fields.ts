/** This API's names of the domain's fields. */
export const wireNames: Readonly<Record<string, string>> = {
  applicationType: 'type',
  redirectUris: 'redirect_uri',
  scopes: 'scope',
};

export const domainNames: ReadonlyMap<string, string> = new Map(
  Object.entries(wireNames).map(([domain, wire]) => [wire, domain]),
);
