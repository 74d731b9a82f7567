import { createHmac } from 'node:crypto';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { keys } from '#lib/kernel/keys';
import { findRegisteredClient, isRegisteredRedirect } from '../clients/registered-client.ts';
import { judgePreview, refusalOfPreview } from '../pushed-requests.ts';
import { currentRequest, type RegisteredClient } from '../request-state.ts';

type SessionModel = InstanceType<Provider['Session']>;

export function followPortalSessions({ Session }: Provider, find: typeof findPortalSession): void {
  Object.assign(Session, { get: find });
  Object.assign(Session.prototype, {
    // The session is found by the portal's cookie, which changes at each sign-in.
    resetIdentifier() {},
    ensureClientContainer(this: SessionModel, clientId: string) {
      if (!this.sidFor(clientId)) this.sidFor(clientId, sidOf(this.uid, clientId));
    },
  });
}

/**
 * Derives oidc-provider's session from the portal's: it has the same id and is stored with it, so both end together. It needs no cookie
 * of its own.
 */
export async function findPortalSession({ oidc }: KoaContextWithOIDC): Promise<SessionModel> {
  const session = await sessionOf(oidc.provider);
  oidc.entity('Session', session);
  return session;
}

async function sessionOf({ Session }: Provider): Promise<SessionModel> {
  const { person } = currentRequest();
  if (!person?.sessionId) return new Session();
  const kept = await Session.find(person.sessionId);
  if (kept?.accountId === person.userId) return kept;
  const fresh = Object.assign(new Session(), { jti: person.sessionId, uid: person.sessionId });
  fresh.loginAccount({ accountId: person.userId, loginTs: secondsOf(person.signedInAt) });
  return fresh;
}

/** The `sid` of a session at a client; derived, so that simultaneous requests of one browser get the same. */
const sidOf = (sessionId: string, clientId: string): string =>
  createHmac('sha256', keys().cursor)
    .update(JSON.stringify(['sid', sessionId, clientId]))
    .digest('base64url');

const secondsOf = (moment: Date | undefined) => Math.floor((moment?.getTime() ?? 0) / 1000);

type Interaction = InstanceType<Provider['Interaction']>;
type Find = (uid: string, options?: object) => Promise<Interaction | undefined>;

export function recheckResumedRequests({ Interaction }: Provider, recheck: typeof recheckRequest): void {
  const find: Find = Interaction.find;
  Object.assign(Interaction, {
    async find(...asked: Parameters<Find>) {
      const interaction = await find.apply(Interaction, asked);
      const oidc = Provider.ctx?.oidc;
      if (interaction && oidc?.route === 'resume') {
        // A refusal needs the parameters.
        Object.assign(oidc, { params: interaction.params });
        await recheck(interaction);
      }
      return interaction;
    },
  });
}

/**
 * Repeats the checks that oidc-provider makes only at the start of a request, when a browser returns with the person's answer: the redirect
 * URI is still allowed, and the scopes are still registered. The answer of another person is dropped.
 * @throws invalid_redirect_uri: it is not allowed any more; invalid_scope: no scope is left
 */
export async function recheckRequest(interaction: Interaction): Promise<void> {
  const client = await findRegisteredClient(String(interaction.params.client_id));
  // oidc-provider refuses a client that is deleted or inactive.
  if (!client) return;
  if (!(await isRedirectStillAllowed(client, interaction))) throw new errors.InvalidRedirectUri();
  keepRegisteredScopes(client, interaction);
  if (!isOfCurrentPerson(interaction)) delete interaction.result;
}

/** Whether the answer was given by the person who is signed in now; a denial always counts. */
const isOfCurrentPerson = ({ result }: Interaction): boolean =>
  result === undefined || 'error' in result || result.by === currentRequest().person?.userId;

/** Whether the redirect URI is still registered, or still accepted as a preview. */
async function isRedirectStillAllowed(client: RegisteredClient, { params, parJti }: Interaction & { parJti?: string }) {
  const uri = params.redirect_uri;
  if (typeof uri !== 'string') return true;
  if (isRegisteredRedirect(client, uri)) return true;
  if (parJti === undefined) return false;
  await judgePreview(client, uri);
  return refusalOfPreview(uri) === undefined;
}

/** Removes the scopes that the client has given up since. @throws invalid_scope: none is left */
function keepRegisteredScopes({ scopes: registered }: RegisteredClient, { params }: Interaction): void {
  if (typeof params.scope !== 'string') return;
  const kept = params.scope.split(' ').filter((name) => registered.includes(name));
  if (kept.length === 0) throw new errors.InvalidScope('the client is not registered for it any more', params.scope);
  params.scope = kept.join(' ');
}
