import { errors, Provider } from 'oidc-provider';
import { hashCredential } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { takeUnscaled } from '#lib/rate-limits/index';
import { exchange } from '../exchange.ts';

/** How long a person may take to enter the code, in seconds. */
export const deviceCodeLifetimeSeconds = 600;

/** How long an expired code is kept, in seconds, so that the device gets `expired_token` rather than `invalid_grant`. */
export const deviceCodeRemembersSeconds = 600;

/** RFC 8628: eight letters without vowels, so that they form no word (rule A17). `lib/devices` has the person's side. */
export const deviceFlow = {
  enabled: true,
  charset: 'base-20' as const,
  mask: '****-****',
  deviceInfo: () => ({ network: exchange().network }),
};

/** The polling interval of a device (RFC 8628 §3.5); a request may be up to a second early. */
const intervalSeconds = 5;
const patience = { max: 1, windowSeconds: intervalSeconds - 1 };

type Find = (value: string, options?: object) => Promise<InstanceType<Provider['DeviceCode']> | undefined>;

/**
 * Sends `interval` to devices, because some programs do not know its default, and answers `slow_down` to a device that polls more often while
 * the person has not answered.
 */
export function slowDown(provider: Provider): void {
  provider.on('device_authorization.success', (_ctx, body) => Object.assign(body, { interval: intervalSeconds }));
  const { DeviceCode } = provider;
  const find: Find = DeviceCode.find;
  Object.assign(DeviceCode, {
    async find(...asked: Parameters<Find>) {
      const code = await find.apply(DeviceCode, asked);
      // oidc-provider refuses another client's request for this code; it must not slow the device down.
      if (code && code.clientId !== Provider.ctx?.oidc.client?.clientId) return code;
      if (!code || code.isExpired || code.accountId !== undefined || code.error !== undefined) return code;
      const { allowed } = await takeUnscaled(database(), `oauth:device:${hashCredential(asked[0]).hash}`, patience);
      if (!allowed) throw new errors.SlowDown('wait five seconds more between your questions');
      return code;
    },
  });
}
