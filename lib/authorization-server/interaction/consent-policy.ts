import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isInstalled } from '#lib/clients/rules';
import { provedDomain } from '#lib/domains/index';
import { database } from '#lib/kernel/database';
import { maySkipConsent } from '#lib/public-info/index';
import { clientOf } from '../clients/registered-client.ts';
import { exchange } from '../exchange.ts';
import { noSuchScope } from '../tokens/refuse.ts';

const { base, Check, Prompt } = interactionPolicy;

/** When a person is asked: oidc-provider's own reasons, with our rule about whom a standing consent lets through in silence. */
export function consentPolicy() {
  const policy = base();
  const [login, consent] = [policy.get('login'), policy.get('consent')];
  if (!login || !consent) throw new Error('oidc-provider asks for no consent');
  login.checks.add(new Check('asks_for_nothing', 'nothing is asked for', requireSomethingAsked), 0);
  consent.checks.remove('native_client_prompt');
  consent.checks.add(
    new Check('members_only', 'the app is for members of its organization', 'access_denied', ({ oidc }) =>
      mayUse(clientOf(oidc.client?.clientId ?? '')) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
    ),
    0,
  );
  consent.checks.add(
    new Check('asked_each_time', 'this client is never let through in silence', 'consent_required', async (ctx) =>
      !ctx.oidc.result?.consent && (await needsConsentEachTime(ctx)) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
    ),
    1,
  );
  // OpenID Connect Core §3.1.2.1: the page that asks shows the account and the way to another one; who just signed in has chosen.
  consent.checks.add(
    new Check('select_account', 'the person has to choose an account', 'account_selection_required', ({ oidc }) => {
      const isChosen = oidc.result?.consent !== undefined || oidc.result?.login !== undefined;
      return oidc.prompts.has('select_account') && !isChosen ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
    1,
  );
  const selectAccount = new Prompt({ name: 'select_account', requestable: true });
  selectAccount.checks.clear();
  policy.add(selectAccount);
  return policy;
}

/** Before anybody is bothered: of a yes to nothing, nothing could come. */
async function requireSomethingAsked({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const { params, requestParamOIDCScopes } = oidc;
  if (requestParamOIDCScopes.size > 0) return Check.NO_NEED_TO_PROMPT;
  if (typeof params?.scope === 'string') throw await noSuchScope(params.scope.split(' ', 1)[0] ?? '', params.scope);
  const why = 'no scope is asked for that counts here, and none is registered for this client that could be meant';
  throw new errors.InvalidScope(why, '');
}

/** Whether who is signed in may use the client at all: some are for the members of their organization only. */
function mayUse({ openToOtherOrganizations, organizationId }: ReturnType<typeof clientOf>): boolean {
  const { person } = exchange();
  return openToOtherOrganizations || (person?.memberships ?? []).some((one) => one.organizationId === organizationId);
}

/** Rules A3, P3 and C7: whether what was allowed before counts for nothing. An app that describes itself is asked for again once it says otherwise. */
async function needsConsentEachTime({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const client = clientOf(oidc.client?.clientId ?? '');
  if (client.metadataUrl !== null && exchange().grant?.hasChanged !== false) return true;
  const redirectUri = String(oidc.params?.redirect_uri);
  const website = redirectUri.startsWith('https://');
  const facts = { ...client, installed: isInstalled(client) };
  const isSilent = (proved: boolean) => maySkipConsent(facts, { website, proved });
  if (isSilent(false)) return false;
  return !(isSilent(true) && (await provedDomain(database(), client, redirectUri)));
}
