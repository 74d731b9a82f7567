import type { Configuration } from 'oidc-provider';
import { deviceCodeLifetimeSeconds } from './device-codes.ts';
import { clientOf } from './registered-client.ts';
import { accessLifetime } from './resource-indicators.ts';

const day = 24 * 60 * 60;

/** How long things live, in seconds: tokens as their client registered, what is on the way between two pages as short as it can be. */
export const lifetimes: Configuration['ttl'] = {
  AuthorizationCode: 60,
  DeviceCode: deviceCodeLifetimeSeconds,
  AccessToken: accessLifetime,
  ClientCredentials: accessLifetime,
  // What replaces a refresh token lives no longer than the first one would have.
  RefreshToken: ({ oidc }, _token, { clientId }) =>
    oidc.entities.RotatedRefreshToken?.remainingTTL ?? clientOf(clientId).refreshTokenLifetimeSeconds,
  IdToken: 60 * 60,
  Interaction: 60 * 60,
  Session: 90 * day,
};
