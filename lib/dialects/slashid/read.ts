import { z } from 'zod';
import type { Appearance } from '#lib/appearance/rules';
import type { Client, ClientPatch, NewClient } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { isStorableDate } from '#lib/kernel/values';
import { readMembers } from '../read-members.ts';
import {
  appearanceDomainNames,
  appearanceWire,
  domainNames,
  isGrantTypeHere,
  newClientWire,
  patchWire,
  withRefresh,
} from './wire.ts';

/** Reads a new client. */
export function readNew(body: object): { metadata: NewClient; issues: Issue[] } {
  const { values, issues } = readMembers(newClientWire, body, domainNames);
  const metadata: NewClient = {
    name: values.client_name ?? '',
    scopes: values.scopes ?? [],
    grantTypes: withRefresh(values.grant_types ?? []),
    redirectUris: values.redirect_uris ?? [],
    accessTokenLifetimeSeconds: values.access_token_duration ?? undefined,
    refreshTokenLifetimeSeconds: values.refresh_token_duration ?? undefined,
    tokenEndpointAuthMethod: values.public ? 'none' : undefined,
  };
  return { metadata, issues };
}

type Before = Pick<Client, 'grantTypes'>;

/** Reads an update: only members that this API can change; grant types that this API does not define stay. */
export function readPatch(body: object): { patchOf: (before: Before) => ClientPatch; issues: Issue[] } {
  const { values, issues } = readMembers(patchWire, body, domainNames);
  const patchOf = ({ grantTypes }: Before): ClientPatch => ({
    name: values.client_name ?? undefined,
    scopes: values.scopes ?? undefined,
    grantTypes: grantsOf(values, grantTypes),
    redirectUris: values.redirect_uris ?? undefined,
    accessTokenLifetimeSeconds: values.access_token_duration ?? undefined,
    refreshTokenLifetimeSeconds: values.refresh_token_duration ?? undefined,
  });
  return { patchOf, issues };
}

type Values = {
  grant_types?: Client['grantTypes'] | null | undefined;
  refresh_token_duration?: number | null | undefined;
};

/** A lifetime for refresh tokens adds `refresh_token` to a client with `authorization_code`. */
function grantsOf({ grant_types, refresh_token_duration }: Values, before: Client['grantTypes']) {
  if (grant_types) return [...withRefresh(grant_types), ...before.filter((grant) => !isGrantTypeHere(grant))];
  return refresh_token_duration == null ? undefined : withRefresh(before);
}

type Query = Readonly<Record<string, string[]>>;
type ReadPage = { limit: number; offset: number; issues: Issue[] };

const limitMax = 1000;
const offsetMax = 2 ** 31 - 1;

/** Reads the requested part of a list; by default the first thousand clients. */
export function readFilter(query: Query): ReadPage {
  const issues: Issue[] = [];
  const whole = (field: string, min: number, max: number, silent: number) => {
    const [value, ...more] = (query[field] ?? []).filter((one) => one !== '');
    if (value === undefined) return silent;
    const number = /^\d{1,10}$/.test(value) && more.length === 0 ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    issues.push({ field, rule: 'query', message: `Send one whole number from ${min} to ${max}.` });
    return silent;
  };
  return { limit: whole('limit', 1, limitMax, limitMax), offset: whole('offset', 0, offsetMax, 0), issues };
}

/** Reads a UI configuration, which may have additional members. Null and an empty text count as missing. */
export function readAppearance(body: object): { appearance: Appearance; issues: Issue[] } {
  const { values, issues } = readMembers(appearanceWire, body, appearanceDomainNames);
  const known = Object.entries(values)
    .filter(([, value]) => value != null && value !== '')
    .map(([wire, value]) => [appearanceDomainNames.get(wire) ?? wire, value]);
  const more = Object.entries(body).filter(([wire, value]) => !appearanceDomainNames.has(wire) && value !== null);
  const appearance = { ...Object.fromEntries(known), ...(more.length > 0 && { more: Object.fromEntries(more) }) };
  return { appearance, issues };
}

const levels = ['local_region', 'all_regions'];
const secondsMax = 120;

/**
 * Reads the consistency headers of a write. There is one database, so every answer is fully consistent; only invalid values
 * are refused.
 */
export function readConsistency(level: string | undefined, timeout: string | undefined): Issue[] {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => void issues.push({ field, rule: 'header', message });
  if (level && !levels.includes(level)) refuse('SlashID-Required-Consistency', `Choose ${levels.join(' or ')}.`);
  const seconds = timeout && /^\d{1,3}$/.test(timeout) ? Number(timeout) : 0;
  if (timeout && (seconds < 1 || seconds > secondsMax))
    refuse('SlashID-Required-Consistency-Timeout', `Send a whole number of seconds from 1 to ${secondsMax}.`);
  return issues;
}

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

/** Reads which tokens to issue, and for whom. */
export function readMint(body: object) {
  const { values, issues } = readMembers(mintWire, body, domainNames);
  const { person_id: subject = '', client_id: clientId = '', scopes } = values;
  return { subject, clientId, scopes: scopes ?? undefined, issues };
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;

/** Reads whose tokens to revoke, and until which time of issue (default: now). */
export function readRevokeAll(form: URLSearchParams): { subject: string; until: Date; issues: Issue[] } {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => void issues.push({ field, rule: 'format', message });
  const subject = form.get('person_id') ?? '';
  if (subject === '') refuse('person_id', 'It is needed.');
  const text = form.get('until');
  const until = text === null ? new Date() : new Date(moment.test(text) ? text : Number.NaN);
  if (!isStorableDate(until)) refuse('until', 'Send a date and time, as 2026-11-02T09:30:00Z.');
  return { subject, until, issues };
}
