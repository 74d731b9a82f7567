import type { Db } from '#db/client';
import { redirectSchemes } from '#lib/clients/index';
import {
  type ClientMetadata,
  completeMetadata,
  finding,
  isConfidential,
  judgeMetadata,
  judgeScopes,
  type NewClient,
  redirectsToDevice,
  refusalsOf,
} from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';
import { listScopes } from '#lib/scopes/index';
import type { AskedRegistration } from './registration.ts';
import { judgeOpenRegistration } from './rules.ts';

type Terms = {
  /** With nobody's leave. */
  open: boolean;
  channel?: 'registration' | 'metadata_document';
  /** The scopes that the client has already: it may keep them. */
  own?: readonly string[];
};

/**
 * What a registration may have of what it asks for: complete metadata with the scopes that it can get, what was put in place of what,
 * the scopes that were dropped (rule M16), and what is wrong whatever the rule book says. Who asks for no scope, for none that it
 * can get, or for `offline_access` alone gets the default.
 */
export async function admissible(
  db: Db,
  { metadata: asked, issues, replaced }: Pick<AskedRegistration, 'metadata' | 'issues' | 'replaced'>,
  { open, channel = 'registration', own = [] }: Terms,
) {
  // Rule P3
  const offered = (await listScopes(db)).filter(({ openToStrangers }) => !open || openToStrangers);
  const names = offered.map(({ name }) => name);
  const { scopes: askedScopes = [], ...rest } = asked;
  const may = new Set([...names, ...own]);
  const known = askedScopes.filter((scope) => may.has(scope));
  // To keep access while the person is away asks for none by itself.
  const isSaid = known.some((scope) => scope !== 'offline_access');
  const fitted = fitMetadata(isSaid ? { ...rest, scopes: known } : rest, {
    open,
    channel,
    allowedSchemes: redirectSchemes(),
  });
  const byDefault = fitted.metadata.scopes.filter((scope) => may.has(scope));
  // Which resource it is for shows only when it asks a person, and programs that come to many servers name no scope before.
  const given = !isSaid && open && byDefault.length > 0 ? names : byDefault;
  const scopes = [...new Set([...given, ...known])];
  const found: Issue[] = [
    ...issues,
    ...refusalsOf(judgeScopes(askedScopes)),
    ...(open ? judgeOpenRegistration(fitted.metadata) : []),
  ];
  const droppedScopes = askedScopes.filter((scope) => !may.has(scope));
  return {
    metadata: { ...fitted.metadata, scopes },
    replaced: [...replaced, ...fitted.replaced],
    droppedScopes,
    found,
  };
}

type Fitted = {
  metadata: ClientMetadata;
  /** What was put in place of what was asked for. */
  replaced: Issue[];
};
type Fitting = {
  open: boolean;
  channel: 'registration' | 'metadata_document';
  /** Rule R9: the operator's list. */
  allowedSchemes: readonly string[];
};

/** Lists of which each item stands for itself. */
const lists = ['redirectUris', 'postLogoutRedirectUris', 'contacts'] as const;

/**
 * Completes what a registration asks for, and replaces what depends on the rest (RFC 7591 §3.2.1): the type of a client whose answers
 * lead to a device, the items of a list that are refused while others are not, and client_credentials of a client that may not use it.
 */
function fitMetadata(asked: NewClient, { open, channel, allowedSchemes }: Fitting): Fitted {
  const replaced: Issue[] = [];
  let wanted = withItsType(asked, channel);
  const refused = refusalsOf(judgeMetadata(completeMetadata(wanted, channel), { channel, allowedSchemes }));
  for (const field of lists) {
    const items: readonly string[] = wanted[field] ?? [];
    const wrong = refused.filter((issue) => issue.field.startsWith(`${field}.`));
    const kept = items.filter((_, index) => !wrong.some((issue) => issue.field === `${field}.${index}`));
    if (kept.length === 0 || kept.length === items.length) continue;
    wanted = { ...wanted, [field]: kept };
    replaced.push(...wrong.map((issue) => finding(issue.field, issue.rule, leftOut(items, issue))));
  }
  wanted = withItsType({ ...wanted, applicationType: asked.applicationType }, channel);
  if (asked.applicationType === 'web' && wanted.applicationType === 'native')
    replaced.push(finding('applicationType', 'R7', '"web" was replaced by "native": an answer leads to a device.'));
  const metadata = completeMetadata(wanted, channel);
  const { grantTypes, withoutMachine } = forPeople(metadata, open);
  if (!withoutMachine) return { metadata, replaced };
  replaced.push(withoutMachine);
  return { metadata: completeMetadata({ ...wanted, grantTypes }, channel), replaced };
}

/** Any answer that leads to a device makes the client native, whatever type it says. */
function withItsType(asked: NewClient, channel: Fitting['channel']): NewClient {
  const { environment, redirectUris } = completeMetadata(asked, channel);
  return redirectsToDevice({ environment, redirectUris }) ? { ...asked, applicationType: 'native' } : asked;
}

function leftOut(items: readonly string[], { field, message }: Issue): string {
  const item = items[Number(field.split('.')[1])] ?? '';
  return `${JSON.stringify(item.slice(0, 200))} was left out. ${message}`;
}

/** Rules M5 and P3: a client that keeps no secret, or that nobody answers for, acts for people alone. */
function forPeople(metadata: ClientMetadata, open: boolean) {
  const others = metadata.grantTypes.filter((type) => type !== 'client_credentials');
  const usable = others.some((type) => type !== 'refresh_token');
  const refused = open ? judgeOpenRegistration(metadata) : [];
  const mayNot = refused.length > 0 || !isConfidential(metadata);
  if (others.length === metadata.grantTypes.length || !usable || !mayNot) return { grantTypes: metadata.grantTypes };
  const why = refused[0]?.message ?? 'It needs a client that keeps a secret or a key and runs on no device.';
  const rule = refused[0]?.rule ?? 'M5';
  return {
    grantTypes: others,
    withoutMachine: finding('grantTypes', rule, `"client_credentials" was left out. ${why}`),
  };
}
