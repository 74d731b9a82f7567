import { errors, Provider } from 'oidc-provider';
import { exchange } from './exchange.ts';
import { judgePreview, refusalOfPreview } from './preview-callback.ts';
import { findRegisteredClient, isRegisteredRedirect, type RegisteredClient } from './registered-client.ts';

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
      const client = await findRegisteredClient(String(interaction.params.client_id));
      // That it is gone or not active is noticed without us.
      if (!client) return interaction;
      if (!(await leadsWhereItMay(client, interaction))) throw new errors.InvalidRedirectUri();
      askForWhatIsRegistered(client, interaction);
      if (!isOfWhoIsSignedIn(interaction)) delete interaction.result;
      return interaction;
    },
  });
}

/** Somebody else than who gave it, or nobody, may be signed in since; a no is told whoever is. */
const isOfWhoIsSignedIn = ({ result }: Interaction): boolean =>
  result === undefined || 'error' in result || result.by === exchange().person?.userId;

/** A redirect URI may have been taken out of the registration since, or the domain of a preview may be somebody else's. */
async function leadsWhereItMay(client: RegisteredClient, { params, parJti }: Interaction & { parJti?: string }) {
  const uri = params.redirect_uri;
  if (typeof uri !== 'string') return true;
  if (isRegisteredRedirect(client, uri)) return true;
  if (parJti === undefined) return false;
  await judgePreview(client, uri);
  return refusalOfPreview(uri) === undefined;
}

/** Of the scopes, some may have been given up since. */
function askForWhatIsRegistered({ scopes: registered }: RegisteredClient, { params }: Interaction): void {
  if (typeof params.scope !== 'string') return;
  const kept = params.scope.split(' ').filter((name) => registered.includes(name));
  if (kept.length === 0) throw new errors.InvalidScope('the client is not registered for it any more', params.scope);
  params.scope = kept.join(' ');
}
