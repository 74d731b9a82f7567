import type { Provenance } from '#lib/kernel/actor';
import type { ApplicationType, ClientMetadata, ClientPatch, NewClient } from '../client.ts';
import { type Channel, channels } from './channel.ts';
import { isInstalled, isPlainLoopback, redirectsToDevice } from './confidentiality.ts';
import { defaults, fieldsOf, isFieldName, maySet, normalised } from './fields.ts';

/** Returns a new client's metadata: the fields that the channel may set, defaults for the rest (rule M2), values in stored form. Rules are not checked here. */
export function completeMetadata(input: NewClient, channelName: Provenance): ClientMetadata {
  const channel = channels[channelName];
  const unset = defaults();
  const given = subtract(input, channel);
  const environment = channel.loopbackMeansDevelopment && hasPlainLoopback(given) ? 'development' : unset.environment;
  const known = { ...unset, environment, ...channel.defaults, ...given };
  const applicationType =
    given.applicationType ?? (channel.applicationType === 'from_use' ? typeFromUse(known) : channel.applicationType);
  const completed = {
    ...unset,
    environment,
    ...channel.defaults,
    ...channel.defaultsByType?.[applicationType],
    ...given,
    name: input.name,
    applicationType,
  };
  return finalise({ ...completed, responseTypes: given.responseTypes ?? responseTypesFor(completed) }, channel);
}

/** Returns a client's metadata after an edit by a channel. Omitted fields keep their value, and derived fields are derived again. Rules are not checked here. */
export function patchMetadata(before: ClientMetadata, patch: ClientPatch, channelName: Provenance): ClientMetadata {
  const channel = channels[channelName];
  const given = subtract(patch, channel);
  const merged = { ...fieldsOf(before), ...given, environment: before.environment };
  // A scope that is removed is not optional either.
  if (given.scopes && !given.optionalScopes)
    merged.optionalScopes = before.optionalScopes.filter((scope) => merged.scopes.includes(scope));
  if (given.grantTypes && !given.responseTypes) merged.responseTypes = responseTypesFor(merged);
  // A type that was derived is derived again; a type that somebody chose stays.
  const wasDerived = channel.applicationType === 'from_use' && before.applicationType === typeFromUse(before);
  if (wasDerived && !given.applicationType) merged.applicationType = typeFromUse(merged);
  // RFC 8252 §8.5: the registration access token of an installed program is on the devices too, so it cannot make the client confidential.
  if (channel.secretsOnDevices && isInstalled(before)) merged.applicationType = 'native';
  return finalise(merged, channel);
}

/** Returns the fields that the channel may set and drops every other property. */
function subtract(input: NewClient | ClientPatch, { group }: Channel): Partial<ClientMetadata> {
  const given = Object.entries(fieldsOf(input));
  return Object.fromEntries(given.filter(([name]) => isFieldName(name) && maySet(group, name)));
}

/** Brings each value into stored form and sets the fields that follow from others, whatever was sent. */
function finalise(metadata: ClientMetadata, channel: Channel): ClientMetadata {
  const isPublic = metadata.tokenEndpointAuthMethod === 'none';
  return {
    ...normalised(metadata, channel),
    // Rule M7: PKCE is always required for a client that cannot keep a secret.
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
  return redirectsToDevice({ redirectUris, environment }) ? 'native' : 'web';
}

function hasPlainLoopback({ redirectUris = [], allowedOrigins = [] }: Partial<ClientMetadata>): boolean {
  return [...redirectUris, ...allowedOrigins].some(isPlainLoopback);
}
