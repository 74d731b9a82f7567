import type { Provenance } from '#lib/kernel/actor';
import type { Issue } from '#lib/kernel/errors';
import type { ClientMetadata } from '../client.ts';
import { judgeAllowedOrigins } from './allowed-origin.ts';
import { type Channel, channels } from './channel.ts';
import { descriptionLengthMax, type FieldName, fieldNames, judgeField } from './fields.ts';
import { judgeFlow } from './grants.ts';
import { unreadableFields } from './issue.ts';
import { judgeKeys, judgeWithoutSharedSecret } from './jwks.ts';
import { judgeContacts, judgeLocalized } from './metadata-pages.ts';
import { judgeClientRedirects, judgePostLogoutUris, judgeSector, redirectContext } from './metadata-redirects.ts';
import { judgeShape } from './metadata-shape.ts';
import { judgeName, judgeText } from './name.ts';
import { judgeOptionalScopes, judgeScopes } from './scope.ts';

type Rules = {
  channel: Channel;
  provenance: Provenance;
  catalogue: ReadonlySet<string> | undefined;
  closed: ReadonlyMap<string, string> | undefined;
  allowedSchemes: readonly string[] | undefined;
};
/** A rule and the fields that it reads. It is skipped if one of them has the wrong type. */
type Judgement = readonly [reads: readonly FieldName[], judge: (metadata: ClientMetadata, rules: Rules) => Issue[]];

const redirectSettings: readonly FieldName[] = [
  'applicationType',
  'environment',
  'tokenEndpointAuthMethod',
  'secretOptional',
];

const judgements: readonly Judgement[] = [
  [['name'], ({ name }, { channel }) => judgeName(name, { lengthMin: channel.nameLengthMin })],
  [
    ['description'],
    ({ description }) => judgeText(description, { field: 'description', lengthMax: descriptionLengthMax, lines: true }),
  ],
  [['grantTypes', 'responseTypes', 'requirePkce', 'redirectUris', ...redirectSettings], judgeFlow],
  [
    ['tokenEndpointAuthMethod'],
    (metadata, { channel }) => (channel.withoutSharedSecrets ? judgeWithoutSharedSecret(metadata) : []),
  ],
  [['jwks', 'jwksUri', 'tokenEndpointAuthMethod', 'environment'], judgeKeys],
  [
    ['scopes'],
    ({ scopes }, { channel, catalogue, closed }) =>
      judgeScopes(scopes, { catalogue, closed, unknown: channel.unknownScopes }),
  ],
  [['optionalScopes', 'scopes'], ({ optionalScopes, scopes }) => judgeOptionalScopes(optionalScopes, scopes)],
  [
    ['redirectUris', 'grantTypes', ...redirectSettings],
    (metadata, { channel, provenance, allowedSchemes }) =>
      judgeClientRedirects({ ...metadata, provenance, allowedSchemes }, channel),
  ],
  [
    ['postLogoutRedirectUris', ...redirectSettings],
    (metadata, { channel, provenance, allowedSchemes }) =>
      judgePostLogoutUris(metadata.postLogoutRedirectUris, {
        ...redirectContext({ ...metadata, provenance, allowedSchemes }),
        redirectUris: metadata.redirectUris,
        max: channel.redirectUriMax,
      }),
  ],
  [
    ['allowedOrigins', 'environment'],
    ({ allowedOrigins, environment }, { channel }) =>
      judgeAllowedOrigins(allowedOrigins, {
        environment,
        max: channel.allowedOriginMax,
        ...(channel.tolerantOrigins && { tolerant: true, allowedSchemes: ['claude'] }),
      }),
  ],
  ...fieldNames.map((field): Judgement => [[field, 'environment'], (metadata) => judgeField(field, metadata)]),
  [['localized', 'environment'], judgeLocalized],
  [['contacts'], ({ contacts }) => judgeContacts(contacts)],
  [['sectorIdentifierUri', 'subjectType', 'redirectUris', 'environment'], judgeSector],
];

export type MetadataRules = {
  channel: Provenance;
  /** The channel that created the edited client; for a new client, `channel`. */
  provenance?: Provenance | undefined;
  /** The names of the scopes that the client may have. */
  catalogue?: ReadonlySet<string> | undefined;
  /** Why the client may not have some others. */
  closed?: ReadonlyMap<string, string> | undefined;
  allowedSchemes?: readonly string[] | undefined;
  /** Fields whose values could not be read: rules that read one of them are skipped. */
  misread?: readonly string[];
};

/**
 * Checks complete metadata against the whole rule book. Returns every broken rule, and the findings (severity `warning`). Without a
 * catalogue only the syntax of scopes is checked; `allowedSchemes` replaces rule R9's list.
 */
export function judgeMetadata(
  metadata: ClientMetadata,
  { channel, provenance = channel, catalogue, closed, allowedSchemes, misread = [] }: MetadataRules,
): Issue[] {
  const misshapen = judgeShape(metadata);
  const broken = new Set([...unreadableFields(misshapen), ...misread]);
  const rules = { channel: channels[channel], provenance, catalogue, closed, allowedSchemes };
  const judged = judgements.filter(([reads]) => !reads.some((field) => broken.has(field)));
  // Some rules compare a field with the redirect URIs for a finding only. Without readable redirect URIs there is no finding.
  const sound = broken.has('redirectUris') ? { ...metadata, redirectUris: [] } : metadata;
  return [...misshapen, ...judged.flatMap(([, judge]) => judge(sound, rules))];
}
