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
import { currentNames, defaultScopes, listScopes, scopesFor } from '#lib/scopes/index';
import type { RegistrationRequest } from './registration.ts';
import { judgeOpenRegistration } from './rules.ts';

type Terms = {
  /** Registration without a token (rule P3). */
  open: boolean;
  channel?: 'registration' | 'metadata_document';
  /** The client's current scopes, which it may keep. */
  own?: readonly string[];
  /** The client is a program on people's devices, and stays one (RFC 8252 §8.5). */
  installed?: boolean;
};

/**
 * Completes the metadata of a registration and limits its scopes to those that it may have. Returns the metadata, the replaced values,
 * the dropped scopes (rule M16) and further issues. A registration that names no scope, no scope that it may have, or only
 * `offline_access` gets the default scopes.
 */
export async function completeRegistration(
  db: Db,
  { metadata: asked, issues, replaced }: Pick<RegistrationRequest, 'metadata' | 'issues' | 'replaced'>,
  { open, channel = 'registration', own = [], installed = false }: Terms,
) {
  // Rule P3
  const { names: addable } = await scopesFor(db, undefined);
  const available = (await listScopes(db)).filter(
    ({ name, openToStrangers }) => addable.has(name) && (!open || openToStrangers),
  );
  const names = available.map(({ name }) => name);
  const { scopes: sent = [], ...rest } = asked;
  const requested = await currentNames(db, sent);
  const allowed = new Set([...names, ...own]);
  const accepted = requested.filter((scope) => allowed.has(scope));
  // `offline_access` alone gives access to nothing.
  const hasScopes = accepted.some((scope) => scope !== 'offline_access');
  const fitted = fitMetadata(hasScopes ? { ...rest, scopes: accepted } : rest, {
    open,
    channel,
    installed,
    allowedSchemes: redirectSchemes(),
  });
  const chosen = await defaultScopes(db, { forPeople: fitted.metadata.applicationType !== 'machine' });
  const wanted = hasScopes || chosen.length === 0 ? fitted.metadata.scopes : chosen;
  const completed = wanted.filter((scope) => allowed.has(scope));
  // A self-registered program often requests no scopes, because it learns the resource only at authorization: it gets all available ones.
  const granted = !hasScopes && open && completed.length > 0 ? names : completed;
  const scopes = [...new Set([...granted, ...accepted])];
  const found: Issue[] = [
    ...issues,
    ...refusalsOf(judgeScopes(requested)),
    ...(open ? judgeOpenRegistration(fitted.metadata) : []),
  ];
  const droppedScopes = requested.filter((scope) => !allowed.has(scope));
  return {
    metadata: { ...fitted.metadata, scopes },
    replaced: [...replaced, ...fitted.replaced],
    droppedScopes,
    found,
  };
}

type Fitted = {
  metadata: ClientMetadata;
  /** Values that replace requested ones. */
  replaced: Issue[];
};
type Fitting = {
  open: boolean;
  channel: 'registration' | 'metadata_document';
  installed: boolean;
  /** Rule R9: the operator's list. */
  allowedSchemes: readonly string[];
};

/** Lists whose items are judged one by one. */
const lists = ['redirectUris', 'postLogoutRedirectUris', 'contacts'] as const;

/**
 * Completes the requested metadata and replaces three kinds of values (RFC 7591 §3.2.1): the type of a client whose redirect URIs lead
 * to a device, refused items of a list with accepted ones, and `client_credentials` of a client that may not use it.
 */
function fitMetadata(asked: NewClient, { open, channel, installed, allowedSchemes }: Fitting): Fitted {
  const replaced: Issue[] = [];
  let wanted = withApplicationType(asked, { channel, installed });
  const refused = refusalsOf(judgeMetadata(completeMetadata(wanted, channel), { channel, allowedSchemes }));
  for (const field of lists) {
    const items: readonly string[] = wanted[field] ?? [];
    const wrong = refused.filter((issue) => issue.field.startsWith(`${field}.`));
    const kept = items.filter((_, index) => !wrong.some((issue) => issue.field === `${field}.${index}`));
    if (kept.length === 0 || kept.length === items.length) continue;
    wanted = { ...wanted, [field]: kept };
    replaced.push(...wrong.map((issue) => finding(issue.field, issue.rule, omittedMessage(items, issue))));
  }
  wanted = withApplicationType({ ...wanted, applicationType: asked.applicationType }, { channel, installed });
  if (asked.applicationType === 'web' && wanted.applicationType === 'native')
    replaced.push(finding('applicationType', 'R7', `"web" was replaced by "native": ${whyNative(wanted, channel)}`));
  const metadata = completeMetadata(wanted, channel);
  const { grantTypes, warning } = restrictGrantTypes(metadata, open);
  if (!warning) return { metadata, replaced };
  replaced.push(warning);
  return { metadata: completeMetadata({ ...wanted, grantTypes }, channel), replaced };
}

/** A redirect URI on a device makes the client native, whatever type was sent. After that, an update cannot change the type. */
function withApplicationType(
  asked: NewClient,
  { channel, installed }: Pick<Fitting, 'channel' | 'installed'>,
): NewClient {
  const isNative = installed || redirectsToDevice(completeMetadata(asked, channel));
  return isNative ? { ...asked, applicationType: 'native' } : asked;
}

const whyNative = (wanted: NewClient, channel: Fitting['channel']): string =>
  redirectsToDevice(completeMetadata(wanted, channel))
    ? 'an answer leads to a device.'
    : 'the client was registered as a program on devices; only its organization can change that.';

function omittedMessage(items: readonly string[], { field, message }: Issue): string {
  const item = items[Number(field.split('.')[1])] ?? '';
  return `${JSON.stringify(item.slice(0, 200))} was left out. ${message}`;
}

/**
 * Rules M5 and P3: removes `client_credentials` from a client that cannot keep a secret, or was registered without a token. It stays, and is
 * refused later, if no other usable grant type would be left.
 */
function restrictGrantTypes(metadata: ClientMetadata, open: boolean) {
  const others = metadata.grantTypes.filter((type) => type !== 'client_credentials');
  const isUsable = others.some((type) => type !== 'refresh_token');
  const refused = open ? judgeOpenRegistration(metadata) : [];
  const isForbidden = refused.length > 0 || !isConfidential(metadata);
  if (others.length === metadata.grantTypes.length || !isUsable || !isForbidden)
    return { grantTypes: metadata.grantTypes };
  const why = refused[0]?.message ?? 'It needs a client that keeps a secret or a key and runs on no device.';
  const rule = refused[0]?.rule ?? 'M5';
  return {
    grantTypes: others,
    warning: finding('grantTypes', rule, `"client_credentials" was left out. ${why}`),
  };
}
