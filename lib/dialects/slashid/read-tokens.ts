import { z } from 'zod';
import type { Issue } from '#lib/errors';
import { isMoment } from '#lib/moment';
import { readMembers } from '../read-members.ts';
import { domainNames } from './fields.ts';

const sentence = (missing: string, wrong: string) => ({
  error: ({ input }: { input?: unknown }) => (input == null ? missing : wrong),
});
const id = z.string(sentence('It is needed.', 'Send an id as a text.'));

/** `POST /oauth2/tokens/mint` */
const mintWire = z.object({
  person_id: id,
  client_id: id,
  scopes: z.array(z.string({ error: 'Send each scope as a text.' }), { error: 'Send a list.' }).nullish(),
  custom_claims: z
    .record(z.string(), z.unknown(), { error: 'Send an object.' })
    .refine((claims) => Object.keys(claims).length === 0, {
      error: 'Access tokens are opaque here and carry no claims of the caller: leave it out.',
    })
    .nullish(),
});

/** Which tokens are to be made, and for whom. */
export function readMint(body: object) {
  const { values, issues } = readMembers(mintWire, body, domainNames);
  const { person_id: subject = '', client_id: clientId = '', scopes } = values;
  return { subject, clientId, scopes: scopes ?? undefined, issues };
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

/** Whose tokens are to be revoked, given until when: until now unless told. */
export function readRevokeAll(form: URLSearchParams): { subject: string; until: Date; issues: Issue[] } {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => void issues.push({ field, rule: 'format', message });
  const subject = form.get('person_id') ?? '';
  if (subject === '') refuse('person_id', 'It is needed.');
  const text = form.get('until');
  const until = text === null ? new Date() : new Date(moment.test(text) ? text : Number.NaN);
  if (!isMoment(until)) refuse('until', 'Send a date and time, as 2026-11-02T09:30:00Z.');
  return { subject, until, issues };
}
