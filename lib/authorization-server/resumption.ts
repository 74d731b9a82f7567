import { errors, Provider } from 'oidc-provider';
import { redirectUriMatches } from '../clients/rules.ts';
import { exchange } from './exchange.ts';
import { judgePreview, refusalOfPreview } from './preview-callback.ts';
import { findRegisteredClient } from './registered-client.ts';

type Interaction = InstanceType<Provider['Interaction']>;
type Find = (uid: string, options?: object) => Promise<Interaction | undefined>;

/**
 * What was judged when a request began, oidc-provider does not judge again when its browser comes back with the answer of a person:
 * whether it is still the same person, and whether the answer may still be sent where it was to go.
 */
export function resumeOnlyWhatFits({ Interaction }: Provider): void {
  const find: Find = Interaction.find;
  Object.assign(Interaction, {
    async find(...asked: Parameters<Find>) {
      const interaction = await find.apply(Interaction, asked);
      const oidc = Provider.ctx?.oidc;
      if (!interaction || oidc?.route !== 'resume') return interaction;
      // So that the owner of the client finds what is refused.
      Object.assign(oidc, { params: interaction.params });
      if (!(await leadsWhereItMay(interaction))) throw new errors.InvalidRedirectUri();
      if (!isOfWhoIsSignedIn(interaction)) delete interaction.result;
      return interaction;
    },
  });
}

/** Somebody else than who gave it, or nobody, may be signed in since; a no is told whoever is. */
const isOfWhoIsSignedIn = ({ result }: Interaction): boolean =>
  result === undefined || 'error' in result || result.by === exchange().person?.userId;

/** A redirect URI may have been taken out of the registration since, or the domain of a preview may be somebody else's. */
async function leadsWhereItMay({ params, parJti }: Interaction & { parJti?: string }): Promise<boolean> {
  const { client_id: clientId, redirect_uri: uri } = params;
  const client = typeof clientId === 'string' ? await findRegisteredClient(clientId) : undefined;
  // That it is gone or not active is noticed without us.
  if (!client || typeof uri !== 'string') return true;
  if (client.redirectUris.some((one) => redirectUriMatches(one, uri))) return true;
  if (parJti === undefined) return false;
  await judgePreview(client, uri);
  return refusalOfPreview(uri) === undefined;
}
