import type { Call } from '../call.ts';
import { readParameters } from '../form.ts';
import { type ApiLimits, takeFromBudget } from '../limits.ts';
import { fault } from '../problems.ts';

const bodyBytesMax = 8 * 1024;

/** Strangers may push too, or ask as a device, in the name of public clients: what they leave here is small, and not much. */
const limitsOf = (name: 'par' | 'device'): ApiLimits => ({
  name,
  perMinute: { read: 600, create: 600, change: 600 },
  perSecond: 20,
  secondsAreOf: 'each network',
  averagedOverSeconds: 10,
});

/** The parameters of a pushed request (RFC 9126 §2.1). Throws 429, 413, and 400 for one that refers to another. */
export async function readPushedRequest(call: Call): Promise<URLSearchParams> {
  await takeFromBudget(call, limitsOf('par'));
  const parameters = await readParameters(call, bodyBytesMax);
  if (parameters.has('request_uri')) throw fault(400, 'A pushed request cannot hold a request_uri.');
  return parameters;
}

/** The parameters of a device's request (RFC 8628 §3.1); for one resource at most. Throws 429, 413. */
export async function readDeviceRequest(call: Call): Promise<URLSearchParams> {
  await takeFromBudget(call, limitsOf('device'));
  return readParameters(call, bodyBytesMax, []);
}
