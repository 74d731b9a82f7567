import type { Db } from '#db/client';
import { completeMetadata, judgeScopes, refusalsOf, splitScopes } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';
import { listScopes } from '../scopes/index.ts';
import type { AskedRegistration } from './registration.ts';
import { isLeastScope, judgeOpenRegistration } from './rules.ts';

type Terms = {
  /** With nobody's leave. */
  open: boolean;
  channel?: 'registration' | 'metadata_document';
};

/**
 * What a registration may have of what it asks for: complete metadata with the scopes that it can get, those that were
 * dropped (rule M16), and what is wrong whatever the rule book says.
 */
export async function admissible(
  db: Db,
  { metadata: asked, issues }: Pick<AskedRegistration, 'metadata' | 'issues'>,
  { open, channel = 'registration' }: Terms,
) {
  const completed = completeMetadata(asked, channel);
  const offered = (await listScopes(db)).filter((scope) => !open || isLeastScope(scope));
  const names = offered.map(({ name }) => name);
  // Which resource it is for shows only when it asks a person, and programs that come to many servers name no scope before.
  const wanted = open && asked.scopes === undefined && completed.scopes.length > 0 ? names : completed.scopes;
  const { known, unknown } = splitScopes(wanted, new Set(names));
  const found: Issue[] = [
    ...issues,
    ...refusalsOf(judgeScopes(asked.scopes ?? [])),
    ...(open ? judgeOpenRegistration(completed) : []),
  ];
  const droppedScopes = unknown.filter((scope) => asked.scopes?.includes(scope));
  return { metadata: { ...completed, scopes: known }, droppedScopes, found };
}
