import { createHmac } from 'node:crypto';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { keys } from '#lib/kernel/keys';
import { findRegisteredClient, isRegisteredRedirect } from '../clients/registered-client.ts';
import { exchange, type RegisteredClient } from '../exchange.ts';
import { judgePreview, refusalOfPreview } from '../pushed-requests.ts';

type SessionModel = InstanceType<Provider['Session']>;

/**
 * A person is signed in at the authorization server exactly when they are at the portal: its session is a shadow of the portal's, known
 * by the same id and kept with it, so that whatever ends one ends the other. It needs no cookie of its own.
 */
export function followPortalSessions({ Session }: Provider): void {
  Object.assign(Session, {
    async get(ctx: KoaContextWithOIDC) {
      const { person } = exchange();
      const session = await shadowOf(person);
      ctx.oidc.entity('Session', session);
      return session;
    },
  });
  Object.assign(Session.prototype, {
    // It is found by the portal's cookie, which changes at each sign-in.
    resetIdentifier() {},
    ensureClientContainer(this: SessionModel, clientId: string) {
      if (!this.sidFor(clientId)) this.sidFor(clientId, sidOf(this.uid, clientId));
    },
  });

  async function shadowOf(person: ReturnType<typeof exchange>['person']): Promise<SessionModel> {
    if (!person?.sessionId) return new Session();
    const kept = await Session.find(person.sessionId);
    if (kept?.accountId === person.userId) return kept;
    const fresh = Object.assign(new Session(), { jti: person.sessionId, uid: person.sessionId });
    fresh.loginAccount({ accountId: person.userId, loginTs: secondsOf(person.signedInAt) });
    return fresh;
  }
}

/** What a client calls the sign-in (`sid`): the same for pages of it that a browser opens at the same moment. */
const sidOf = (sessionId: string, clientId: string): string =>
  createHmac('sha256', keys().cursor)
    .update(JSON.stringify(['sid', sessionId, clientId]))
    .digest('base64url');

const secondsOf = (moment: Date | undefined) => Math.floor((moment?.getTime() ?? 0) / 1000);

type Interaction = InstanceType<Provider['Interaction']>;
type Find = (uid: string, options?: object) => Promise<Interaction | undefined>;

/**
 * What was judged when a request began, oidc-provider does not judge again when its browser comes back with the answer of a person:
 * whether it is still the same person, and whether the answer may still be sent where it was to go.
 */
export function rejudgeResumedRequests({ Interaction }: Provider): void {
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
