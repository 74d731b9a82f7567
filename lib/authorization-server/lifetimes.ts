import type { Configuration, ResourceServer } from 'oidc-provider';
import { deviceCodeLifetimeSeconds } from './device-codes.ts';
import { clientOf } from './registered-client.ts';

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

type Token = { resourceServer?: ResourceServer | undefined };

/** As its client registered, and no longer than its resource allows; in seconds. */
function accessLifetime(_ctx: unknown, { resourceServer }: Token, { clientId }: { clientId: string }): number {
  const { accessTokenLifetimeSeconds: own } = clientOf(clientId);
  return Math.min(own, resourceServer?.accessTokenTTL ?? own);
}
