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

const requestOf = (call: Call): Asked => ({ uid: call.req.param('uid') ?? '', cookie: call.req.header('cookie') });

/** The two endpoints of the consent page: `answer` takes its form, `continue` goes on when there is nothing to ask. */
export const consent: Api = {
  root: '/consent',
  prefixes: ['/consent'],
  sharedWithPages: true,
  routes: [
    {
      method: 'GET',
      path: '/:uid/continue',
      answer: forPeople((call) => redirectTo(call, getContinuation)),
      acts: true,
    },
    { method: 'POST', path: '/:uid/answer', answer: forPeople((call) => redirectTo(call, postAnswer)) },
  ],
  writeError,
  writeFault,
};

const getContinuation = async (call: Call) => continueRequest(await contextOfPerson(call), requestOf(call));

async function postAnswer(call: Call): Promise<string> {
  requireOwnPage(call);
  const form = await readForm(call);
  const ctx = await contextOfPerson(call);
  if (form.decision === 'cancel') return decideRequest(ctx, requestOf(call), { allow: false });
  if (form.decision !== 'allow') throw fault(400, 'Send "allow" or "cancel" as decision.');
  const wanted = scopesOfFields(Object.keys(form));
  return decideRequest(ctx, requestOf(call), { allow: true, wanted, organizationId: form.organization || null });
}

const pageOf = (call: Call) => `/consent/${encodeURIComponent(call.req.param('uid') ?? '')}`;

/**
 * Runs `act` and redirects to the URL that it returns (303, rule A4), in the chosen language. If no scope was chosen, redirects to the page
 * with its choices. If the request has expired or was answered, shows the page that explains what to do.
 */
async function redirectTo(call: Call, act: (call: Call) => Promise<string>): Promise<Response> {
  const lang = call.req.query('lang');
  try {
    return call.redirect(addressIn(lang, await act(call)), 303);
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    if (error.field === 'scopes') return call.redirect(addressIn(lang, `${pageOf(call)}?choose=1`), 303);
    if (error.code === 'not_found' || error.code === 'unauthenticated')
      return showPage(call, addressIn(lang, pageOf(call)));
    throw error;
  }
}
