import type { Provenance } from '#lib/kernel/actor';
import type { ApplicationType, ClientMetadata, ClientPatch, NewClient } from '../client.ts';
import { type Channel, channels } from './channel.ts';
import { isInstalled, isPlainLoopback, leadsToDevice } from './confidentiality.ts';
import { defaults, fieldsOf, isFieldName, maySet, normalised } from './fields.ts';

/** A new client's metadata: what the channel may set, its defaults for the rest (rule M2 and its siblings), names and texts in stored form. Not judged yet. */
export function completeMetadata(input: NewClient, channelName: Provenance): ClientMetadata {
  const channel = channels[channelName];
  const silent = defaults();
  const asked = subtract(input, channel);
  const environment = channel.loopbackMeansDevelopment && hasPlainLoopback(asked) ? 'development' : silent.environment;
  const known = { ...silent, environment, ...channel.defaults, ...asked };
  const applicationType =
    asked.applicationType ?? (channel.applicationType === 'from_use' ? typeFromUse(known) : channel.applicationType);
  const completed = {
    ...silent,
    environment,
    ...channel.defaults,
    ...channel.defaultsByType?.[applicationType],
    ...asked,
    name: input.name,
    applicationType,
  };
  return settle({ ...completed, responseTypes: asked.responseTypes ?? responseTypesFor(completed) }, channel);
}

/** A client's metadata after an edit by a channel: keys that are absent keep their value, and what follows from the change follows. */
export function patchMetadata(before: ClientMetadata, patch: ClientPatch, channelName: Provenance): ClientMetadata {
  const channel = channels[channelName];
  const asked = subtract(patch, channel);
  const merged = { ...fieldsOf(before), ...asked, environment: before.environment };
  // What is not asked for any more cannot be declined.
  if (asked.scopes && !asked.optionalScopes)
    merged.optionalScopes = before.optionalScopes.filter((scope) => merged.scopes.includes(scope));
  if (asked.grantTypes && !asked.responseTypes) merged.responseTypes = responseTypesFor(merged);
  // Where the type follows from the use, it goes on following; one that somebody chose stays.
  const followed = channel.applicationType === 'from_use' && before.applicationType === typeFromUse(before);
  if (followed && !asked.applicationType) merged.applicationType = typeFromUse(merged);
  return settle(merged, channel);
}

/** What counts of what came in: fields that the channel may set, and nothing that is no field. */
function subtract(input: Partial<ClientMetadata>, { group }: Channel): Partial<ClientMetadata> {
  const given = Object.entries(fieldsOf(input));
  return Object.fromEntries(given.filter(([name]) => isFieldName(name) && maySet(group, name)));
}

/** The one form in which each value is stored, and what follows from the rest, whoever asked for what. */
function settle(metadata: ClientMetadata, channel: Channel): ClientMetadata {
  const isPublic = metadata.tokenEndpointAuthMethod === 'none';
  return {
    ...normalised(metadata, channel),
    // Rule M7: who cannot keep a secret has no choice about PKCE.
    requirePkce: isPublic || metadata.requirePkce || (isInstalled(metadata) && !metadata.secretOptional),
    secretOptional: !isPublic && metadata.secretOptional,
  };
}

function responseTypesFor({ grantTypes }: Pick<ClientMetadata, 'grantTypes'>): ClientMetadata['responseTypes'] {
  return grantTypes.includes('authorization_code') ? ['code'] : [];
}

function typeFromUse(known: Pick<ClientMetadata, 'grantTypes' | 'redirectUris' | 'environment'>): ApplicationType {
  const { grantTypes, redirectUris, environment } = known;
  if (redirectUris.length === 0 && !grantTypes.includes('authorization_code'))
    return grantTypes.includes('urn:ietf:params:oauth:grant-type:device_code') ? 'device' : 'machine';
  return leadsToDevice({ redirectUris, environment }) ? 'native' : 'web';
}

function hasPlainLoopback({ redirectUris = [], allowedOrigins = [] }: Partial<ClientMetadata>): boolean {
  return [...redirectUris, ...allowedOrigins].some(isPlainLoopback);
}
