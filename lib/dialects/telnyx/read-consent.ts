import type { Issue } from '#lib/errors';
import { readMembers } from './fields.ts';
import { consentWire } from './wire.ts';

/** What a person says to a request that waits. */
export function readConsent(body: object): { allowed: boolean; consentToken: string; issues: Issue[] } {
  const { values, issues } = readMembers(consentWire, body);
  return { allowed: values.allowed ?? false, consentToken: values.consent_token ?? '', issues };
}
