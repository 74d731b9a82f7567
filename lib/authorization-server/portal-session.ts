import { createHmac } from 'node:crypto';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { keys } from '../keys.ts';
import { exchange } from './exchange.ts';

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
