/** This API's names of the domain's fields. */
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

/** Its names of the members of a UI configuration. */
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

/** A field of the domain, with the way into it, in this API's words. */
export function wireNameOf(field: string): string {
  const [name = '', ...rest] = field.split('.');
  return [wireNames.get(name) ?? name, ...rest].join('.');
}
