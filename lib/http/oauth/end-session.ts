import { deleteCookie } from 'hono/cookie';
import { readLogoutRequest } from '#lib/authorization-server/end-session';
import { env } from '#lib/kernel/env';
import { addressIn, languageOfTags } from '#lib/languages/index';
import { cookieNamed, cookieOptions, endSessionPurpose, openNote, sealNote } from '#lib/portal/session-cookie';
import { noteRefusal } from '#lib/refusals/index';
import { endOwnSession } from '#lib/sessions/index';
import { type Call, showPage } from '../api.ts';
import { bodyBytesMax } from '../body.ts';
import { readForm, readParameters } from '../form.ts';
import { contextOfPerson, requireOwnPage } from '../person.ts';

const noteSeconds = 600;

/** OpenID Connect RP-Initiated Logout §2, with a query or a form: shows the page that asks the person whether to sign out. */
export async function startEndSession(call: Call): Promise<Response> {
  const isForm = call.req.method === 'POST';
  const parameters = isForm ? Object.fromEntries(await readParameters(call, bodyBytesMax, [])) : queryOf(call);
  const ctx = await contextOfPerson(call);
  const asked = {
    idTokenHint: parameters.id_token_hint,
    clientId: parameters.client_id,
    postLogoutRedirectUri: parameters.post_logout_redirect_uri,
    state: parameters.state,
  };
  const language = call.req.query('lang') ?? languageOfTags(parameters.ui_locales);
  const { refusal, ...request } = await readLogoutRequest(ctx.db, asked);
  if (refusal !== undefined) {
    const { clientId, postLogoutRedirectUri: redirectUri } = asked;
    const why = { error: 'invalid_request', description: refusal, redirectUri };
    noteRefusal(ctx.db, { clientId, endpoint: 'end_session', reason: 'sign_out', ...why });
  }
  if (ctx.actor.kind !== 'person') return leave(call, request, language);
  const noted = { ...request, ...(refusal !== undefined && { refused: 'true' }) };
  const note = await sealNote(noted, endSessionPurpose, noteSeconds);
  return showPage(call, addressIn(language, `/sign-out?${new URLSearchParams({ note })}`));
}

/** Takes the person's answer: sign out here too, or stay signed in. The app has already ended its own session. */
export async function postEndSession(call: Call): Promise<Response> {
  requireOwnPage(call);
  const { note, decision } = await readForm(call);
  const opened = (await openNote(note, endSessionPurpose)) ?? {};
  const leadsTo = typeof opened.leadsTo === 'string' ? opened.leadsTo : undefined;
  if (decision === 'leave') {
    await endOwnSession(await contextOfPerson(call));
    deleteCookie(call, cookieNamed('session'), cookieOptions());
    return leave(call, { leadsTo }, call.req.query('lang'));
  }
  return call.redirect(leadsTo ?? `${env().appUrl}/`, 303);
}

const leave = (call: Call, { leadsTo }: { leadsTo?: string | undefined }, language: string | undefined) =>
  leadsTo === undefined ? showPage(call, addressIn(language, '/sign-out')) : call.redirect(leadsTo, 303);

/** The parameters that have one value (RFC 6749 §3.1); a parameter that is sent twice is ignored. */
function queryOf(call: Call): Record<string, string> {
  const all = Object.entries(call.req.queries());
  return Object.fromEntries(
    all.flatMap(([name, values]) => (values.length === 1 && values[0] ? [[name, values[0]]] : [])),
  );
}
