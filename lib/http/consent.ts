import { type Asked, continueRequest, decideRequest } from '#lib/authorization-server/interaction/answer-consent';
import { writeError, writeFault } from '#lib/dialects/oauth/index';
import { scopesOfFields } from '#lib/grants/rules';
import { isRegistryError } from '#lib/kernel/errors';
import { addressIn } from '#lib/languages/index';
import { type Api, type Call, showPage } from './api.ts';
import { readForm } from './form.ts';
import { forPeople } from './oauth/for-people.ts';
import { contextOfPerson, requireOwnPage } from './person.ts';
import { fault } from './problems.ts';

const askedIn = (call: Call): Asked => ({ uid: call.req.param('uid') ?? '', cookie: call.req.header('cookie') });

/** Where the page of a request leads when there is nothing to ask, and where its form does. */
export const consent: Api = {
  root: '/consent',
  prefixes: ['/consent'],
  besidePages: true,
  routes: [
    { method: 'GET', path: '/:uid/continue', answer: forPeople((call) => goOn(call, getContinuation)), acts: true },
    { method: 'POST', path: '/:uid/answer', answer: forPeople((call) => goOn(call, postAnswer)) },
  ],
  writeError,
  writeFault,
};

const getContinuation = async (call: Call) => continueRequest(await contextOfPerson(call), askedIn(call));

async function postAnswer(call: Call): Promise<string> {
  requireOwnPage(call);
  const form = await readForm(call);
  const ctx = await contextOfPerson(call);
  if (form.decision === 'cancel') return decideRequest(ctx, askedIn(call), { allow: false });
  if (form.decision !== 'allow') throw fault(400, 'Say "allow" or "cancel".');
  const wanted = scopesOfFields(Object.keys(form));
  return decideRequest(ctx, askedIn(call), { allow: true, wanted, organizationId: form.organization || null });
}

/** The page again, with what is missing at the choices. */
const choosing = (call: Call) => `/consent/${encodeURIComponent(call.req.param('uid') ?? '')}?choose=1`;

/** Answers with the address (rule A4: 303), or with the page that says what to do where the request is over; in the language that was chosen. */
async function goOn(call: Call, act: (call: Call) => Promise<string>): Promise<Response> {
  const lang = call.req.query('lang');
  try {
    return call.redirect(addressIn(lang, await act(call)), 303);
  } catch (error) {
    const over = isRegistryError(error) && (error.code === 'not_found' || error.code === 'unauthenticated');
    if (isRegistryError(error) && error.field === 'scopes') return call.redirect(addressIn(lang, choosing(call)), 303);
    if (over) return showPage(call, addressIn(lang, `/consent/${encodeURIComponent(call.req.param('uid') ?? '')}`));
    throw error;
  }
}
