import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { database } from '../database.ts';
import { exchange } from './exchange.ts';
import { provedDomain } from './proved-domain.ts';
import { clientOf } from './registered-client.ts';

const { base, Check } = interactionPolicy;

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
      !ctx.oidc.result?.consent && (await isAskedEachTime(ctx)) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
    ),
    1,
  );
  return policy;
}

/** Before anybody is bothered: of a yes to nothing, nothing could come. */
function requireSomethingAsked({ oidc: { params, requestParamOIDCScopes } }: KoaContextWithOIDC): boolean {
  if (requestParamOIDCScopes.size > 0) return Check.NO_NEED_TO_PROMPT;
  throw new errors.InvalidScope(
    params?.scope === undefined
      ? 'no scope is asked for that counts here, and none is registered for this client that could be meant'
      : 'none of the requested scopes is known here',
    String(params?.scope ?? ''),
  );
}

/** Whether who is signed in may use the client at all: some are for the members of their organization only. */
function mayUse({ openToOtherOrganizations, organizationId }: ReturnType<typeof clientOf>): boolean {
  const { person } = exchange();
  return openToOtherOrganizations || (person?.memberships ?? []).some((one) => one.organizationId === organizationId);
}

/**
 * Rules A3, P3 and C7: where somebody else could pass itself off as the client, a consent of before approves nothing in silence. That is
 * an app that registered itself, whatever answers on a device, and one that needs no secret, unless the address that its answer leads to
 * was proved to be its own. An app that describes itself proves by that where it lives; it is let through while it says of itself what it
 * said when it was allowed.
 */
async function isAskedEachTime({ oidc }: KoaContextWithOIDC): Promise<boolean> {
  const client = clientOf(oidc.client?.clientId ?? '');
  if (client.metadataUrl !== null) return exchange().grant?.hasChanged !== false || !leadsHome(client, oidc.params);
  if (client.selfRegistered) return true;
  const redirectUri = String(oidc.params?.redirect_uri);
  if (!redirectUri.startsWith('https://')) return true;
  if (client.tokenEndpointAuthMethod !== 'none' && !client.secretOptional) return false;
  return !(await provedDomain(database(), { organizationId: client.organizationId, redirectUri }));
}

/** The answer leads to the host at which the client describes itself. */
function leadsHome(
  { metadataUrl }: ReturnType<typeof clientOf>,
  params: { redirect_uri?: unknown } | undefined,
): boolean {
  const url = URL.parse(String(params?.redirect_uri));
  return metadataUrl !== null && url?.protocol === 'https:' && url.host === new URL(metadataUrl).host;
}
