import type { Provenance } from '#lib/kernel/actor';
import type { ApplicationType, ClientMetadata } from '../client.ts';
import type { ChannelGroup } from './field.ts';

/** What one channel makes of the one rule book: it may ask for less, refuse more and fill in otherwise, never allow more. */
export type Channel = {
  nameLengthMin: number;
  redirectUriMax: number;
  allowedOriginMax: number;
  unknownMembers: 'refused' | 'ignored';
  unknownScopes: 'refused' | 'dropped';
  /** The application type when none is sent; `from_use` reads it from grants and redirect URIs. */
  applicationType: ApplicationType | 'from_use';
  defaults: Partial<ClientMetadata>;
  defaultsByType?: Partial<Record<ApplicationType, Partial<ClientMetadata>>>;
  /** Decides which members count of what comes in by this channel (`maySet`). */
  group: ChannelGroup;
  /** A name and a type are enough: the redirect URI that the code flow needs (rule R13) may come later. */
  redirectUrisLater?: boolean;
  /** An http redirect URI or origin on loopback makes a new client one of the development environment. */
  loopbackMeansDevelopment?: boolean;
  /** Pages and logout URIs may come without their scheme and get https. */
  schemelessUris?: boolean;
  /** An allowed origin may carry a path or the scheme `claude`. */
  tolerantOrigins?: boolean;
  /** An installed client may have a secret of its own (RFC 8252 §8.4); it counts as public all the same. */
  secretsOnDevices?: boolean;
  /** The API promises to return a secret later: a sealed copy of it is kept. */
  returnsSecrets?: boolean;
  /** Rule C3: whoever publishes its own metadata shares no secret with us. */
  withoutSharedSecrets?: boolean;
};

/** The command line registers under the portal's rules. */
export function channelOf({ channel }: { channel: Provenance | 'command_line' }): Provenance {
  return channel === 'command_line' ? 'portal' : channel;
}

const hour = 3600;
const day = 24 * hour;

const identityScopes = ['openid', 'profile', 'email', 'offline_access'];

const byThePage: Channel = {
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

const byVendor: Channel = {
  ...byThePage,
  unknownMembers: 'ignored',
  applicationType: 'from_use',
  defaultsByType: {},
  group: 'vendors',
};

const byRegistration: Channel = {
  ...byVendor,
  unknownScopes: 'dropped',
  defaults: { grantTypes: ['authorization_code'] },
  // RFC 7591 §2: who asks for none gets a default set; to say who somebody is is the least.
  defaultsByType: {
    web: { scopes: identityScopes },
    native: { scopes: identityScopes },
    device: { scopes: identityScopes },
  },
  group: 'registration',
};

/** The channels by the provenance that they give a client. */
export const channels: Readonly<Record<Provenance, Channel>> = {
  portal: { ...byThePage, redirectUrisLater: true },
  native: byThePage,
  registration: { ...byRegistration, secretsOnDevices: true },
  metadata_document: {
    ...byRegistration,
    defaults: { ...byRegistration.defaults, tokenEndpointAuthMethod: 'none' },
    group: 'documents',
    withoutSharedSecrets: true,
  },
  docspace: {
    ...byVendor,
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
  telnyx: { ...byVendor, unknownMembers: 'refused' },
  slashid: {
    ...byVendor,
    defaults: { accessTokenLifetimeSeconds: day, refreshTokenLifetimeSeconds: 10 * day },
  },
  trackle: {
    ...byVendor,
    defaults: { accessTokenLifetimeSeconds: 7 * day },
    returnsSecrets: true,
    defaultsByType: {
      web: { grantTypes: ['authorization_code', 'refresh_token'] },
      // Its documents promise a secret to an installed application too; what is installed can also come without (PKCE).
      native: { grantTypes: ['authorization_code', 'refresh_token'], secretOptional: true, requirePkce: true },
      machine: { grantTypes: ['client_credentials'] },
    },
  },
  apps: {
    ...byVendor,
    applicationType: 'machine',
    defaults: { grantTypes: ['client_credentials'], scopes: ['read', 'write'] },
    returnsSecrets: true,
  },
};
