import type { Operation } from '#lib/dialects/native/index';
import type { Context } from '#lib/kernel/context';
import { admitAnyone, admitToken, type Caller, hasOneOf } from '../admission.ts';
import type { Call } from '../api.ts';
import type { ApiLimits } from '../limits.ts';

const perMinute = { read: 1200, create: 120, change: 300 };

/** What a person's tokens may do, and what strangers may read. */
const registryLimits: ApiLimits = { name: 'native', perMinute, perSecond: 50, secondsAreOf: 'each network' };
const publicLimits: ApiLimits = { name: 'native-public', perMinute, perSecond: 50, secondsAreOf: 'each network' };

/** Admits a call by what its operation declares; the verbs refuse who is no member. */
export async function admit(call: Call, access: Operation['access']): Promise<Caller | { ctx: Context }> {
  if (access === 'anyone') return { ctx: await admitAnyone(call, 'native', publicLimits) };
  const checks = access === 'any_token' ? [] : [hasOneOf(access)];
  return admitToken(call, { channel: 'native', limits: registryLimits, checks });
}
