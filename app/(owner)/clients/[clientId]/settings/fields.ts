import { type ClientMetadata, writeLifetime } from '#lib/clients/rules';
import type { Values } from '#lib/portal/forms';
import { authWords, grantWords, typeWords } from '../../words.ts';
import { type FormField, inWords } from '../form-field.ts';

const yesOrNo = { none: 'No', describe: () => 'Yes' };
const lifetime = (texts: readonly string[]) => texts.join(' ').replace(/^1 (\w+)s$/, '1 $1');

/** The controls of the settings, named as the domain names them. A lifetime is two controls: the amount and its unit. */
export const settingsFields: readonly FormField[] = [
  { name: 'name', label: 'Name' },
  { name: 'applicationType', label: 'Type', describe: inWords(typeWords) },
  { name: 'productId', label: 'Product', none: 'None' },
  { name: 'grantTypes', label: 'Grant types', describe: inWords(grantWords) },
  { name: 'tokenEndpointAuthMethod', label: 'Authentication', describe: inWords(authWords) },
  { name: 'secretOptional', label: 'May also come without its secret', ...yesOrNo },
  { name: 'requirePkce', label: 'PKCE required', ...yesOrNo },
  { name: 'jwksUri', label: 'Address of the public keys', exact: true },
  { name: 'jwks', label: 'Public keys', exact: true },
  { name: 'accessTokenLifetimeSeconds', label: 'Access tokens last', describe: lifetime },
  { name: 'refreshTokenLifetimeSeconds', label: 'Refresh tokens last', describe: lifetime },
  { name: 'openToOtherOrganizations', label: 'Open to other organizations', ...yesOrNo },
];

/** The checkboxes. */
export const boxes = ['secretOptional', 'requirePkce', 'openToOtherOrganizations'] as const;

type Shown = Pick<
  ClientMetadata,
  | 'name'
  | 'applicationType'
  | 'grantTypes'
  | 'tokenEndpointAuthMethod'
  | 'jwks'
  | 'jwksUri'
  | 'accessTokenLifetimeSeconds'
  | 'refreshTokenLifetimeSeconds'
  | (typeof boxes)[number]
> & { productId: number | null };

/** The client's settings as form values. */
export function showSettings(client: Shown): Values {
  const duration = (seconds: number) => Object.values(writeLifetime(seconds));
  return {
    name: [client.name],
    applicationType: [client.applicationType],
    productId: [String(client.productId ?? '')],
    grantTypes: client.grantTypes,
    tokenEndpointAuthMethod: [client.tokenEndpointAuthMethod],
    ...Object.fromEntries(boxes.map((name) => [name, client[name] ? ['on'] : []])),
    jwksUri: [client.jwksUri ?? ''],
    jwks: [client.jwks === null ? '' : JSON.stringify(client.jwks, null, 2)],
    accessTokenLifetimeSeconds: duration(client.accessTokenLifetimeSeconds),
    refreshTokenLifetimeSeconds: duration(client.refreshTokenLifetimeSeconds),
  };
}
