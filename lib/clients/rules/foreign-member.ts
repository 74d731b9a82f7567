import { isObject } from './field-check.ts';
import { type FieldName, fieldNames } from './fields.ts';

/** A field, or a value that the registry generates. */
export type OwnMember = FieldName | 'clientId' | 'clientSecret';

/**
 * Other products' names for our members: RFC 7591, Auth0, Okta, Keycloak, Ory Hydra, GitHub's manifests, Terraform's providers, Entra ID, Cognito,
 * Google, GitLab, Django OAuth Toolkit, Duende IdentityServer, Spring, FusionAuth, Zitadel, Slack, and the APIs that are served here.
 * Letters and digits only: case, hyphens, underscores and dots are not compared.
 */
const foreignNames: Readonly<Partial<Record<OwnMember, string>>> = {
  clientId: 'id appid applicationid consumerkey',
  clientSecret: 'secret appsecret consumersecret',
  name: 'clientname displayname label title appname applicationname displayinformationname',
  description: 'clientdescription summary longdescription displayinformationdescription',
  applicationType: 'type apptype clientkind platformtype',
  environment: 'env stage devmode developmentmode',
  tokenEndpointAuthMethod:
    'authmethod authmethodtype clientauthenticatortype clientauthenticationmethod clientauthenticationmethods ' +
    'clientauthenticationpolicy publicclient clienttype accesstype confidential requireclientsecret generatesecret isfallbackpublicclient public',
  requirePkce: 'pkce pkcerequired requireproofkey proofkeyforcodeexchangepolicy pkcecodechallengemethod',
  secretOptional: 'allowpkce',
  grantTypes:
    'grants granttype allowedgranttypes allowedoauthflows authorizationgranttype authorizationgranttypes enabledgrants ' +
    'standardflowenabled implicitflowenabled serviceaccountsenabled directaccessgrantsenabled oauthflows userefreshtokens ' +
    'oauth2deviceauthorizationgrantenabled',
  responseTypes: 'responsetype allowedresponsetypes',
  scopes:
    'scope allowedscopes allowedoauthscopes defaultclientscopes defaultscopes permissions defaultpermissions requiredresourceaccess ' +
    'oauthscopes oauthconfigscopes',
  optionalScopes: 'optionalclientscopes',
  redirectUris:
    'redirecturi redirecturl redirecturls callback callbacks callbackurl callbackurls callbackuri callbackuris validredirecturis ' +
    'defaultredirecturi authorizedredirecturis authorizedredirecturls replyurls replyurlswithtype oauthredirecturis',
  postLogoutRedirectUris:
    'postlogoutredirecturi postlogoutredirecturl postlogoutredirecturls allowedlogouturls logouturl logouturls logoutredirecturi ' +
    'logoutredirecturis signouturls validpostlogoutredirecturis',
  allowedOrigins:
    'weborigins allowedcorsorigins corsorigins origins javascriptorigins authorizedjavascriptorigins authorizedoriginurls additionalorigins',
  clientUri: 'url homepage homepageurl homepageuri website websiteurl baseurl rooturl marketingurl',
  logoUri: 'logo logourl icon iconurl picture',
  tosUri: 'tos tosurl termsurl termsofserviceurl termsofserviceuri termsofuseurl',
  policyUri: 'policyurl privacypolicy privacypolicyurl privacypolicyuri privacyurl privacystatementurl',
  contacts: 'contact email emails contactemail supportemail',
  accessTokenLifetimeSeconds:
    'accesstokenlifetime accesstokenlifespan accesstokenvalidity accesstokenduration accesstokenttl accesstokentimetolive ' +
    'authorizationcodegrantaccesstokenlifespan clientcredentialsgrantaccesstokenlifespan',
  refreshTokenLifetimeSeconds:
    'refreshtokenlifetime refreshtokenlifespan refreshtokenvalidity refreshtokenduration refreshtokenttl refreshtokentimetolive ' +
    'absoluterefreshtokenlifetime refreshtokentokenlifetime refreshtokengrantrefreshtokenlifespan',
  openToOtherOrganizations: 'ispublic signinaudience multitenant',
  jwks: 'keys publickeys keycredentials jsonwebkeyset',
  jwksUri: 'jwksurl jwkseturl jsonwebkeyseturi',
  sectorIdentifierUri: 'sectoridentifier',
  idTokenSignedResponseAlg: 'idtokensigningalg idtokensigningalgorithm idtokensignaturealgorithm',
  userinfoSignedResponseAlg: 'userinfosigningalg userinfosignaturealgorithm userinforesponsesignaturealg',
  initiateLoginUri: 'initiateloginurl loginurl loginuri initialloginuri',
  backchannelLogoutUri: 'backchannellogouturl backchannellogouturls backchannellogout',
  backchannelLogoutSessionRequired: 'backchannellogoutsession backchannellogoutsessionrequired',
  defaultMaxAgeSeconds: 'defaultmaxage maxage',
  requirePushedAuthorizationRequests: 'requirepar parrequired requirepushedauthorization',
  dpopBoundAccessTokens: 'requiredpop dpoprequired requiredpopboundtokens requireproofofpossession',
};

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const known: ReadonlyMap<string, OwnMember> = new Map([
  ...Object.entries(foreignNames).flatMap(([own, names]) =>
    names.split(' ').map((name) => [name, own as OwnMember] as const),
  ),
  ...(['clientId', 'clientSecret', ...fieldNames] as const).map((own) => [lettersOf(own), own] as const),
]);

/** Groups whose members are not about the client: webhooks, the sign-in page, tokens, add-ons. */
const otherGroups = new Set('hookattributes webhook webhooks loginversion jwtconfiguration mobile addons'.split(' '));

/** Returns our member for another product's name (`callbacks`, `CallbackURLs`, `web.redirectUris`), or undefined. */
export function ownMemberOf(foreign: string): OwnMember | undefined {
  if (foreign.length > 100) return undefined;
  const parts = foreign.split('.');
  if (parts.length > 1 && otherGroups.has(lettersOf(parts[0] ?? ''))) return undefined;
  const own = parts.map((_part, at) => known.get(lettersOf(parts.slice(at).join(''))));
  return own.find((name) => name !== undefined);
}

/**
 * Returns what to do about a member that a channel does not have, with its path. Groups of other APIs
 * (`{"web": {"redirectUris": […]}}`) are searched too. `nameOf` returns the channel's name for a field, or undefined if it has none.
 */
export function remediesOf(foreign: string, value: unknown, nameOf: (own: FieldName) => string | undefined): Remedy[] {
  const inner = isObject(value) ? Object.keys(value).slice(0, 50) : [];
  const grouped = inner.flatMap((name) => {
    const remedy = remedyOf(`${foreign}.${name}`, nameOf);
    return remedy ? [{ path: [foreign, name], ...remedy }] : [];
  });
  if (grouped.length > 0) return grouped;
  return [{ path: [foreign], ...(remedyOf(foreign, nameOf) ?? { message: 'Remove it: there is no such member.' }) }];
}

/** `meant`: the field that the sender probably meant. */
type Remedy = { path: string[]; message: string; meant?: FieldName | undefined };

function remedyOf(foreign: string, nameOf: (own: FieldName) => string | undefined): Omit<Remedy, 'path'> | undefined {
  const own = ownMemberOf(foreign);
  if (own === 'clientId') return { message: 'Leave it out: the registry chooses client_id.' };
  if (own === 'clientSecret') return { message: 'Leave it out: the registry makes client_secret.' };
  const name = own && nameOf(own);
  if (name === undefined || name === foreign) return undefined;
  return { message: `There is no such member: here it is ${name}.`, meant: own };
}
