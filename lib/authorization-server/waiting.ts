import { ServerResponse } from 'node:http';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import { requestOf } from './ask-provider.ts';
import { running } from './running.ts';

/** A request of a client that waits for a person, in the browser that began it. */
export type Waiting = {
  uid: string;
  clientId: string;
  /** Where the answer leads; undefined for a device, which waits elsewhere. */
  redirectUri: string | undefined;
  /** `login`: the person has to show who they are; `consent`: they are asked. */
  prompt: 'login' | 'consent';
  /** Why they are asked, in oidc-provider's words. */
  reasons: readonly string[];
  /** All that is asked for, what was allowed before included. */
  scopes: readonly string[];
  claims: readonly string[];
  /** Scopes that are asked for by the URI of a resource (RFC 8707). */
  resources: Readonly<Record<string, readonly string[]>>;
  /** Who was signed in when it began. */
  accountId: string | undefined;
  /** By which sign-in. */
  sessionId: string | undefined;
  loginHint: string | undefined;
};

/** What shows that a request is theirs: the cookies of the browser that began it, or who was signed in there. */
export type Claim = string | undefined | { accountId: string };

/** What waits under `uid`; undefined when it is over, was answered, or began in another browser. */
export async function findWaiting(uid: string, claim: Claim): Promise<Waiting | undefined> {
  const interaction = await open(uid, claim);
  return interaction && describe(uid, interaction);
}

/** Answers what waits, as the person `by`; returns where the browser goes on. Undefined as in `findWaiting`. */
export async function answerWaiting(
  uid: string,
  claim: Claim,
  result: InteractionResults & { by?: string },
): Promise<string | undefined> {
  const interaction = await open(uid, claim);
  if (!interaction) return undefined;
  // What the same person answered a step before still counts.
  const before = interaction.lastSubmission?.by === result.by ? interaction.lastSubmission : {};
  interaction.result = 'error' in result ? result : { ...before, ...result };
  // Who is signed in may have changed since it began: what was answered says who it is now.
  delete interaction.session;
  await interaction.save(Math.max(1, interaction.exp - Math.floor(Date.now() / 1000)));
  return interaction.returnTo;
}

async function open(uid: string, claim: Claim): Promise<Interaction | undefined> {
  const { provider } = await running();
  if (claim === undefined || (typeof claim === 'string' && cookieOf(provider, claim) !== uid)) return undefined;
  const interaction = await provider.Interaction.find<typeof provider.Interaction.prototype>(uid);
  const isTheirs = typeof claim === 'string' || interaction?.session?.accountId === claim.accountId;
  return isTheirs ? interaction : undefined;
}

/** The interaction that the browser's signed cookie names. */
function cookieOf(provider: Provider, cookie: string): string | undefined {
  const request = requestOf({ method: 'GET', target: '/', headers: { cookie } });
  const context = provider.createContext(request, new ServerResponse(request));
  return context.cookies.get(provider.cookieName('interaction'), { signed: true });
}

function describe(uid: string, { prompt, params, session }: Interaction): Waiting {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const { missingOIDCClaims = [], missingResourceScopes = {} } = prompt.details as {
    missingOIDCClaims?: string[];
    missingResourceScopes?: Record<string, string[]>;
  };
  return {
    uid,
    clientId: text(params.client_id) ?? '',
    redirectUri: text(params.redirect_uri),
    prompt: prompt.name === 'login' ? 'login' : 'consent',
    reasons: prompt.reasons,
    scopes: text(params.scope)?.split(' ') ?? [],
    claims: missingOIDCClaims,
    resources: missingResourceScopes,
    accountId: session?.accountId,
    sessionId: session?.uid,
    loginHint: text(params.login_hint),
  };
}
