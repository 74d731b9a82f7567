import type { PublicClient } from '#lib/public-info/index';
import type { Scope } from '#lib/scopes/index';

type Consent = { client: PublicClient; redirectUri: string; scopes: readonly Scope[] };

/** Who asks a person for what; of the client what anyone may know, and where this request leads. */
export function writeConsent({ client, redirectUri, scopes }: Consent, appUrl: string) {
  return {
    client_id: client.clientId,
    name: client.name,
    logo_uri: client.logoHash === null ? null : `${appUrl}/logos/${client.logoHash}.png`,
    tos_uri: client.tosUri,
    policy_uri: client.policyUri,
    redirect_uri: redirectUri,
    verified: client.verified,
    requested_scopes: scopes.map(writeScope),
  };
}

const writeScope = ({ name, texts }: Scope) => ({
  id: name,
  name: texts.en?.title ?? name,
  description: texts.en?.description ?? '',
});
