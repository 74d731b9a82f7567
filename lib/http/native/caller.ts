import type { Operation } from '#lib/dialects/native/index';
import type { Context } from '#lib/kernel/context';
import { admitAnyone, admitToken, type Caller, hasOneOf } from '../admission.ts';
import type { Call } from '../api.ts';
import type { ApiLimits } from '../limits.ts';

const perMinute = { read: 1200, create: 120, change: 300 };

/** The limits for callers with a token, and for everyone else. */
const registryLimits: ApiLimits = { name: 'native', perMinute, perSecond: 50, perSecondOf: 'each network' };
const publicLimits: ApiLimits = { name: 'native-public', perMinute, perSecond: 50, perSecondOf: 'each network' };

/** Admits a call by the `access` of its operation. It does not check membership: the verbs do. */
export async function admit(call: Call, access: Operation['access']): Promise<Caller | { ctx: Context }> {
  if (access === 'anyone') return { ctx: await admitAnyone(call, 'native', publicLimits) };
  const checks = access === 'any_token' ? [] : [hasOneOf(access)];
  return admitToken(call, { channel: 'native', limits: registryLimits, checks });
}
