import type { Provenance } from '#lib/kernel/actor';
import type { ApplicationType, ClientMetadata } from '../client.ts';
import type { ChannelGroup } from './field.ts';

/** How a channel differs from the rule book: other defaults, stricter limits, fewer fields; never more than the rule book allows. */
export type Channel = {
  nameLengthMin: number;
  redirectUriMax: number;
  allowedOriginMax: number;
  unknownMembers: 'refused' | 'ignored';
  unknownScopes: 'refused' | 'dropped';
  /** The application type if none is sent; `from_use` derives it from grant types and redirect URIs. */
  applicationType: ApplicationType | 'from_use';
  defaults: Partial<ClientMetadata>;
  defaultsByType?: Partial<Record<ApplicationType, Partial<ClientMetadata>>>;
  /** Decides which fields the channel may set (`maySet`); others are ignored. */
  group: ChannelGroup;
  /** The redirect URI that the code flow needs (rule R13) may be added after creation. */
  redirectUrisLater?: boolean;
  /** A new client with an http redirect URI or origin on loopback gets the environment `development`. */
  loopbackMeansDevelopment?: boolean;
  /** Pages and logout URIs may be sent without a scheme; they are stored with https. */
  schemelessUris?: boolean;
  /** An allowed origin may carry a path or the scheme `claude`. */
  tolerantOrigins?: boolean;
  /** An installed client may have its own secret (RFC 8252 §8.4); it still counts as public. */
  secretsOnDevices?: boolean;
  /** The API documents that a secret can be read later, so a sealed copy is stored. */
  returnsSecrets?: boolean;
  /** Rule C3: a client that publishes its metadata has no shared secret. */
  withoutSharedSecrets?: boolean;
};

/** Returns the channel whose rules apply; the command line follows the portal's. */
export function channelOf({ channel }: { channel: Provenance | 'command_line' }): Provenance {
  return channel === 'command_line' ? 'portal' : channel;
}

const hour = 3600;
const day = 24 * hour;

const identityScopes = ['openid', 'profile', 'email', 'offline_access'];

const developerChannel: Channel = {
  nameLengthMin: 1,
  redirectUriMax: 20,
  allowedOriginMax: 20,
  unknownMembers: 'refused',
  unknownScopes: 'refused',
  applicationType: 'web',
  defaults: {},
  defaultsByType: {
    web: { grantTypes: ['authorization_code', 'refresh_token'], requirePkce: true },
    spa: { grantTypes: ['authorization_code', 'refresh_token'], tokenEndpointAuthMethod: 'none' },
    native: { grantTypes: ['authorization_code', 'refresh_token'], tokenEndpointAuthMethod: 'none' },
    device: {
      grantTypes: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      tokenEndpointAuthMethod: 'none',
    },
    machine: { grantTypes: ['client_credentials'] },
  },
  group: 'developers',
};

const vendorChannel: Channel = {
  ...developerChannel,
  unknownMembers: 'ignored',
  applicationType: 'from_use',
  defaultsByType: {},
  group: 'vendors',
};

const registrationChannel: Channel = {
  ...vendorChannel,
  unknownScopes: 'dropped',
  defaults: { grantTypes: ['authorization_code'] },
  // RFC 7591 §2: a client that names no scope gets a default set. The smallest useful set identifies the person.
  defaultsByType: {
    web: { scopes: identityScopes },
    native: { scopes: identityScopes },
    device: { scopes: identityScopes },
  },
  group: 'registration',
};

/** The channels, keyed by provenance. */
export const channels: Readonly<Record<Provenance, Channel>> = {
  portal: { ...developerChannel, redirectUrisLater: true },
  native: developerChannel,
  registration: { ...registrationChannel, secretsOnDevices: true },
  metadata_document: {
    ...registrationChannel,
    defaults: { ...registrationChannel.defaults, tokenEndpointAuthMethod: 'none' },
    group: 'documents',
    withoutSharedSecrets: true,
  },
  docspace: {
    ...vendorChannel,
    nameLengthMin: 3,
    redirectUriMax: 12,
    allowedOriginMax: 12,
    defaults: {
      grantTypes: ['authorization_code', 'refresh_token'],
      tokenEndpointAuthMethod: 'client_secret_post',
      refreshTokenLifetimeSeconds: 60 * day,
    },
    loopbackMeansDevelopment: true,
    schemelessUris: true,
    tolerantOrigins: true,
    returnsSecrets: true,
  },
  telnyx: { ...vendorChannel, unknownMembers: 'refused' },
  slashid: {
    ...vendorChannel,
    defaults: { accessTokenLifetimeSeconds: day, refreshTokenLifetimeSeconds: 10 * day },
  },
  trackle: {
    ...vendorChannel,
    defaults: { accessTokenLifetimeSeconds: 7 * day },
    returnsSecrets: true,
    defaultsByType: {
      web: { grantTypes: ['authorization_code', 'refresh_token'] },
      // Trackle documents a secret for installed applications too; they may also authenticate without it, with PKCE.
      native: { grantTypes: ['authorization_code', 'refresh_token'], secretOptional: true, requirePkce: true },
      machine: { grantTypes: ['client_credentials'] },
    },
  },
  apps: {
    ...vendorChannel,
    applicationType: 'machine',
    defaults: { grantTypes: ['client_credentials'], scopes: ['read', 'write'] },
    returnsSecrets: true,
  },
};
