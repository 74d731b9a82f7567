import { headers } from 'next/headers';
import { cache } from 'react';
import { findConsentRequest } from '#lib/authorization-server/interaction';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { listOrganizations } from '#lib/organizations/index';
import { currentContext } from '#lib/portal/session';
import { inLanguage } from '#lib/public-info/index';
import { describeScopes } from '#lib/scopes/index';
import { getProfile } from '#lib/users/index';

/** Loads the data of a consent page. `request` is undefined if the request has ended or belongs to another browser. */
export const load = cache(async (uid: string) => {
  const [ctx, received] = await Promise.all([currentContext(), headers()]);
  const language = readLanguage(received.get(languageHeader));
  const texts = textsIn(language);
  const request = await findConsentRequest(ctx, uid, received.get('cookie') ?? undefined);
  if (!request) return { texts };
  const names = request.scopes.map(({ name }) => name);
  const isPerson = ctx.actor.kind === 'person';
  const [scopes, profile, organizations] = await Promise.all([
    describeScopes(ctx.db, names),
    isPerson ? getProfile(ctx) : undefined,
    isPerson ? listOrganizations(ctx) : [],
  ]);
  const person = profile && { name: profile.name, email: profile.email };
  const client = inLanguage(request.client, language);
  return { texts, language, request: { ...request, client }, scopes, person, organizations };
});

export type Loaded = Awaited<ReturnType<typeof load>>;
/** The data of a pending request. */
export type Asked = Extract<Loaded, { request: object }>;
