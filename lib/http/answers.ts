import {
  answerInteraction,
  type BrowserInteraction,
  continueRequest,
} from '#lib/authorization-server/interaction/answer-consent';
import { cancelDeviceRequest, decideDeviceRequest, devicePage } from '#lib/devices/index';
import { writeError, writeFault } from '#lib/dialects/oauth/index';
import { scopesOfFields } from '#lib/grants/rules';
import type { Context } from '#lib/kernel/context';
import { isRegistryError } from '#lib/kernel/errors';
import { addressIn } from '#lib/languages/index';
import { type Api, type Call, type Route, showPage } from './api.ts';
import { readForm } from './form.ts';
import { forPeople } from './oauth/for-people.ts';
import { contextOfPerson, requireOwnPage } from './person.ts';
import { fault } from './problems.ts';

/** Routes below pages. They are served at the origin of the session cookies only. */
const belowPages = (root: string, ...routes: Route[]): Api => ({
  root,
  prefixes: [root],
  sharedWithPages: true,
  routes,
  writeError,
  writeFault,
});

/** Where people answer an app that asks for access: on the consent page, or for a device. Both forms work without JavaScript. */
export const answers: readonly Api[] = [
  belowPages(
    '/consent',
    { method: 'GET', path: '/:uid/continue', answer: forPeople(getContinuation), acts: true },
    { method: 'POST', path: '/:uid/answer', answer: answerTo(answerConsent) },
  ),
  belowPages('/device', { method: 'POST', path: '/answer', answer: answerTo(answerDevice) }),
];

type Answer = { call: Call; form: Readonly<Record<string, string>>; ctx: Context };
/** The path of the page to go on to, or of the page to show under the requested URL. */
type Next = string | { shown: string };

/** Every answer takes these steps. @throws 403: the form is another site's (CSRF); 400, 413: it is malformed; 429, 503: as a page */
function answerTo(decide: (answer: Answer) => Promise<Next>): Route['answer'] {
  return forPeople(async (call) => {
    requireOwnPage(call);
    const form = await readForm(call);
    const ctx = await contextOfPerson(call);
    return leadOn(call, await decide({ call, form, ctx }));
  });
}

/** The decision of the pressed button, with the ticked scopes and the chosen organization. @throws 400: neither button was pressed */
function readDecision(form: Answer['form']) {
  if (form.decision === 'cancel') return { allow: false } as const;
  if (form.decision !== 'allow') throw fault(400, 'Send "allow" or "cancel" as decision.');
  return { allow: true, wanted: scopesOfFields(Object.keys(form)), organizationId: form.organization || null } as const;
}

/** Rule A4: 303, so that the browser sends no form to the next page. The chosen language stays. */
function leadOn(call: Call, next: Next): Response {
  const language = call.req.query('lang');
  if (typeof next !== 'string') return showPage(call, addressIn(language, next.shown));
  return call.redirect(addressIn(language, next), 303);
}

const interactionOf = (call: Call): BrowserInteraction => ({
  uid: call.req.param('uid') ?? '',
  cookie: call.req.header('cookie'),
});

async function getContinuation(call: Call): Promise<Response> {
  const ctx = await contextOfPerson(call);
  return leadOn(call, await continueRequest(ctx, interactionOf(call)).catch((error) => consentAgain(call, error)));
}

async function answerConsent({ call, form, ctx }: Answer): Promise<Next> {
  const { uid, cookie } = interactionOf(call);
  return answerInteraction(ctx, { uid, proof: cookie }, readDecision(form)).catch((error) => consentAgain(call, error));
}

/** Shows the consent page again: it asks for a missing choice, or it says that the request is over. Rethrows every other error. */
function consentAgain(call: Call, error: unknown): Next {
  if (!isRegistryError(error)) throw error;
  const page = `/consent/${encodeURIComponent(call.req.param('uid') ?? '')}`;
  if (error.field === 'scopes') return `${page}?choose=1`;
  if (error.code === 'not_found' || error.code === 'unauthenticated') return { shown: page };
  throw error;
}

/** The form has the code, and the id of the person whose account the page named; without one it can only cancel. */
async function answerDevice({ call, form, ctx }: Answer): Promise<Next> {
  const { account } = form;
  const userCode = (form.user_code ?? '').slice(0, 100);
  if (account !== undefined && ctx.actor.kind !== 'person') {
    const callbackUrl = addressIn(call.req.query('lang'), devicePage({ user_code: userCode }));
    return `/sign-in?${new URLSearchParams({ callbackUrl })}`;
  }
  const decision = readDecision(form);
  if (account === undefined && decision.allow) throw fault(400, 'Sign in to allow it.');
  try {
    if (account === undefined) await cancelDeviceRequest(ctx, userCode);
    else await decideDeviceRequest(ctx, userCode, { shownTo: account, ...decision });
    return devicePage({ done: decision.allow ? 'allowed' : 'cancelled' });
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    const problem = error.code === 'rate_limited' ? 'tooMany' : 'unknown';
    return devicePage({
      user_code: userCode,
      ...(account === undefined && { problem }),
      ...(error.field === 'scopes' && { choose: '1' }),
    });
  }
}
