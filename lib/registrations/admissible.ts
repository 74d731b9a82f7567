import type { Db } from '#db/client';
import { redirectSchemes } from '../clients/index.ts';
import { judgeScopes, refusalsOf } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';
import { listScopes } from '../scopes/index.ts';
import { fitMetadata } from './fit.ts';
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
