import { errors, Provider } from 'oidc-provider';
import { hashCredential } from '#lib/credentials/index';
import { database } from '#lib/kernel/database';
import { takeUnscaled } from '#lib/rate-limits/index';
import { currentRequest } from '../request-state.ts';

/** How long a person may take to enter the code, in seconds. */
export const deviceCodeLifetimeSeconds = 600;

/** How long an expired code is kept, in seconds, so that the device gets `expired_token` rather than `invalid_grant`. */
export const deviceCodeRemembersSeconds = 600;

/** RFC 8628: eight letters without vowels, so that they form no word (rule A17). `lib/devices` has the person's side. */
export const deviceFlow = {
  enabled: true,
  charset: 'base-20' as const,
  mask: '****-****',
  deviceInfo: () => ({ network: currentRequest().network }),
};

/** The polling interval of a device (RFC 8628 §3.5); a request may be up to a second early. */
const intervalSeconds = 5;
const patience = { max: 1, windowSeconds: intervalSeconds - 1 };

type DeviceCode = InstanceType<Provider['DeviceCode']>;
type Find = (value: string, options?: object) => Promise<DeviceCode | undefined>;

/** Sends `interval` to devices, because some programs do not know its default, and makes them keep it. */
export function slowDown(provider: Provider, require: typeof requireInterval): void {
  provider.on('device_authorization.success', (_ctx, body) => Object.assign(body, { interval: intervalSeconds }));
  const { DeviceCode } = provider;
  const find: Find = DeviceCode.find;
  Object.assign(DeviceCode, {
    async find(...asked: Parameters<Find>) {
      const code = await find.apply(DeviceCode, asked);
      if (code) await require(code, asked[0]);
      return code;
    },
  });
}

/** @throws slow_down: the device polls more often than the interval while the person has not answered */
export async function requireInterval(code: DeviceCode, value: string): Promise<void> {
  // oidc-provider refuses another client's request for this code; it must not slow the device down.
  if (code.clientId !== Provider.ctx?.oidc.client?.clientId) return;
  if (code.isExpired || code.accountId !== undefined || code.error !== undefined) return;
  const { allowed } = await takeUnscaled(database(), `oauth:device:${hashCredential(value).hash}`, patience);
  if (!allowed) throw new errors.SlowDown('wait five seconds more between your questions');
}
