import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isInstalled } from '#lib/clients/rules';
import { provedDomain } from '#lib/domains/index';
import { database } from '#lib/kernel/database';
import { maySkipConsent } from '#lib/public-info/index';
import { clientOf } from '../clients/registered-client.ts';
import { currentRequest } from '../request-state.ts';
import { noSuchScope } from '../tokens/refuse.ts';

const { base, Check, Prompt } = interactionPolicy;

type Rule = { run: (ctx: KoaContextWithOIDC) => boolean | Promise<boolean>; refuses: readonly string[] };
type Rules = Record<
  'requireSomethingAsked' | 'requireMembership' | 'requireAccountChoice' | 'requireConsentEachTime',
  Rule
>;

/** The reasons for which a person is asked: oidc-provider's, and `rules`. */
export function consentPolicy(rules: Rules) {
  const policy = base();
  const [login, consent] = [policy.get('login'), policy.get('consent')];
  if (!login || !consent) throw new Error('oidc-provider asks for no consent');
  login.checks.add(new Check('asks_for_nothing', 'nothing is asked for', rules.requireSomethingAsked.run), 0);
  consent.checks.remove('native_client_prompt');
  const check = (reason: string, description: string, { run, refuses }: Rule) =>
    new Check(reason, description, refuses[0] ?? '', run);
  const { requireMembership, requireAccountChoice, requireConsentEachTime } = rules;
  consent.checks.add(check('members_only', 'the app is for members of its organization', requireMembership), 0);
  consent.checks.add(check('select_account', 'the person has to choose an account', requireAccountChoice), 1);
  consent.checks.add(
    check('asked_each_time', 'this client is never let through in silence', requireConsentEachTime),
    2,
  );
  const selectAccount = new Prompt({ name: 'select_account', requestable: true });
  selectAccount.checks.clear();
  policy.add(selectAccount);
  return policy;
}

/** Refuses a request without scopes before a person is asked. @throws invalid_scope */
export async function requireSomethingAsked({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const { params, requestParamOIDCScopes } = oidc;
  if (requestParamOIDCScopes.size > 0) return Check.NO_NEED_TO_PROMPT;
  if (typeof params?.scope === 'string') throw await noSuchScope(params.scope.split(' ', 1)[0] ?? '', params.scope);
  const why = 'no scope is asked for that counts here, and none is registered for this client that could be meant';
  throw new errors.InvalidScope(why, '');
}

/** Asks a person who is no member of the client's organization, if the client is for members only: the page explains it. */
export function requireMembership({ oidc }: KoaContextWithOIDC): boolean {
  return mayUse(clientOf(oidc.client?.clientId ?? '')) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
}

/** OpenID Connect Core §3.1.2.1: the consent page shows the account and a way to change it. A person who has just signed in has chosen. */
export function requireAccountChoice({ oidc }: KoaContextWithOIDC): boolean {
  const isChosen = oidc.result?.consent !== undefined || oidc.result?.login !== undefined;
  return oidc.prompts.has('select_account') && !isChosen ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
}

/** Asks again although the person has consented before, if an earlier consent does not count for this client. */
export async function requireConsentEachTime(ctx: KoaContextWithOIDC): Promise<boolean> {
  return !ctx.oidc.result?.consent && (await needsConsentEachTime(ctx))
    ? Check.REQUEST_PROMPT
    : Check.NO_NEED_TO_PROMPT;
}

/** Whether the signed-in person may use the client; some clients are only for members of their organization. */
function mayUse({ openToOtherOrganizations, organizationId }: ReturnType<typeof clientOf>): boolean {
  const { person } = currentRequest();
  return openToOtherOrganizations || (person?.memberships ?? []).some((one) => one.organizationId === organizationId);
}

/** Rules A3, P3 and C7: whether an earlier consent does not count. For an app with a metadata document, it does not after the document changed. */
async function needsConsentEachTime({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const client = clientOf(oidc.client?.clientId ?? '');
  if (client.metadataUrl !== null && currentRequest().grant?.hasChanged !== false) return true;
  const redirectUri = String(oidc.params?.redirect_uri);
  const website = redirectUri.startsWith('https://');
  const facts = { ...client, installed: isInstalled(client) };
  const isSilent = (proved: boolean) => maySkipConsent(facts, { website, proved });
  if (isSilent(false)) return false;
  return !(isSilent(true) && (await provedDomain(database(), client, redirectUri)));
}
