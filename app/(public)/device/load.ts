import { headers } from 'next/headers';
import { devicePage, getDeviceRequest } from '#lib/devices/index';
import { isRegistryError } from '#lib/kernel/errors';
import { languageHeader, readLanguage, textsIn } from '#lib/languages/index';
import { listOrganizations } from '#lib/organizations/index';
import { currentContext, requireContext } from '#lib/portal/session';
import { findPublicClient, inLanguage, standingOfRequest } from '#lib/public-info/index';
import { describeScopes } from '#lib/scopes/index';
import { getProfile } from '#lib/users/index';

type SearchParams = Awaited<PageProps<'/device'>['searchParams']>;

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** Returns the texts of the page, and the language that its URL names. */
export async function loadTexts(searchParams: SearchParams) {
  const language = readLanguage((await headers()).get(languageHeader));
  return { language, texts: textsIn(language), lang: one(searchParams.lang).slice(0, 10) };
}

const codeIn = (value: string | string[] | undefined) => one(value).slice(0, 100);

/** The page's URL for links to other languages, with the submitted or typed code and the decision. */
export const placeOf = ({ user_code, typed, done }: SearchParams) =>
  devicePage({ user_code: codeIn(user_code), typed: codeIn(typed), done: one(done).slice(0, 10) });

/** Finds the device request with the typed code and the data that the page shows; or the reason why there is none. */
export async function loadRequest(searchParams: SearchParams) {
  const typed = codeIn(searchParams.user_code);
  const { language, lang } = await loadTexts(searchParams);
  if (typed !== '' && (await currentContext()).actor.kind !== 'person') {
    const problem = (['unknown', 'tooMany'] as const).find((one) => one === searchParams.problem);
    return { typed, signIn: true as const, problem };
  }
  const ctx = await requireContext(devicePage({ user_code: typed, lang }));
  if (typed === '') return { typed: codeIn(searchParams.typed) };
  try {
    const request = await getDeviceRequest(ctx, typed);
    const found = await findPublicClient(ctx.db, request.clientId);
    if (!found) return { typed, problem: 'unknown' as const };
    const names = request.scopes.map(({ name }) => name);
    const [scopes, person, organizations] = await Promise.all([
      describeScopes(ctx.db, names),
      getProfile(ctx),
      listOrganizations(ctx),
    ]);
    const client = inLanguage(found, language);
    // A device cannot prove its identity.
    const standing = standingOfRequest(client, { website: false, provedDomain: undefined });
    return { typed, device: { request, client, standing, scopes, person, organizations } };
  } catch (error) {
    if (isRegistryError(error) && error.code === 'rate_limited') return { typed, problem: 'tooMany' as const };
    if (isRegistryError(error) && error.code === 'not_found') return { typed, problem: 'unknown' as const };
    throw error;
  }
}

export type Device = NonNullable<Awaited<ReturnType<typeof loadRequest>>['device']>;
