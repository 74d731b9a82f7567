import {
  answerBrowser,
  type BrowserRequest,
  type NeedsPage,
} from '#lib/authorization-server/interaction/answer-browser';
import { paths } from '#lib/authorization-server/paths';
import { database } from '#lib/kernel/database';
import { isRegistryError } from '#lib/kernel/errors';
import { addressIn, languageIn, languageOfTags } from '#lib/languages/index';
import { noteRefusal } from '#lib/refusals/index';
import { type Call, showPage } from '../api.ts';
import { readParameters } from '../form.ts';
import { personOf } from '../person.ts';
import { fault } from '../problems.ts';
import { fetchDocumentOfClient, reasonOf } from './client-documents.ts';
import { allowStyle, leavingPage, stylePostingPage } from './leaving-page.ts';

/** The same as the limit of a URL. */
const formBytesMax = 16 * 1024;

/** RFC 6749 §3.1: the authorization endpoint, at each of its paths. */
export const getAuthorization = (call: Call) => startAuthorization(call, queryWithValues(new URL(call.req.url).search));

/** RFC 6749 §3.1: removes parameters without a value. The other parameters stay as they were sent. */
function queryWithValues(search: string): string {
  const pairs = search.slice(1).split('&');
  return `?${pairs.filter((pair) => /=./s.test(pair)).join('&')}`;
}

/**
 * OpenID Connect Core §3.1.2.1: the parameters as a form. oidc-provider gets them as a query: it answers a POST only if its cookies are sent
 * across sites, and ours are not.
 */
export async function postAuthorization(call: Call): Promise<Response> {
  return startAuthorization(call, `?${await readParameters(call, formBytesMax)}`);
}

async function startAuthorization(call: Call, query: string): Promise<Response> {
  const asked = new URLSearchParams(query);
  const [clientId, ...more] = asked.getAll('client_id');
  const language = call.req.query('lang') ?? languageOfTags(asked.get('ui_locales'));
  try {
    if (more.length === 0) await fetchDocumentOfClient(call, clientId, true);
  } catch (error) {
    if (!isRegistryError(error)) throw error;
    if (error.code !== 'rate_limited' && wantsJson(call)) throw fault(401, reasonOf(error));
    const why = { error: 'invalid_client', description: reasonOf(error) };
    const reference = noteRefusal(database(), { clientId, endpoint: 'authorize', reason: 'document', ...why });
    return showPage(call, addressIn(language, `/refused/${reference}?because=document`));
  }
  return answer(call, { method: 'GET', target: paths.authorization + query }, language);
}

/** Whether the caller is a program: it gets the reason as JSON instead of a page. */
const wantsJson = (call: Call): boolean => {
  const accepted = call.req.header('accept') ?? '';
  return accepted.includes('application/json') && !accepted.includes('text/html');
};

/** Continues an authorization after the person has answered on a page. */
export const getResumption = (call: Call) =>
  answer(call, { method: 'GET', target: `${paths.authorization}/${encodeURIComponent(call.req.param('uid') ?? '')}` });

async function answer(
  call: Call,
  asked: Pick<BrowserRequest, 'method' | 'target' | 'form'>,
  language = call.req.query('lang'),
): Promise<Response> {
  const cookie = call.req.header('cookie');
  const person = await personOf(call);
  const answered = await answerBrowser({
    ...asked,
    cookie,
    person,
    network: call.get('network'),
  });
  if (!('answer' in answered)) return showPage(call, addressIn(language, pageOf(call, answered)));
  const { status, headers, body } = answered.answer;
  const { 'content-length': _length, ...kept } = headers;
  for (const [name, values] of Object.entries(kept))
    for (const value of [values].flat()) call.header(name, value, { append: name === 'set-cookie' });
  const { location } = headers;
  // The next page keeps the chosen language.
  if (typeof location === 'string' && location.startsWith('/consent/'))
    call.header('location', addressIn(language, location));
  call.header('cache-control', 'no-store');
  const leaving = leavingPage(call, person, location);
  if (leaving) return leaving;
  call.status(status as Parameters<Call['status']>[0]);
  if (typeof body !== 'string') return call.body(null);
  if (!String(headers['content-type']).startsWith('text/html')) return call.body(body);
  call.header('content-security-policy', allowStyle(String(headers['content-security-policy'])));
  return call.body(stylePostingPage(body, languageIn(language, call.req.header('accept-language'))));
}

/** The path of the page that is shown instead of oidc-provider's answer. */
function pageOf(call: Call, { over, cancelled, stopped, reference }: NeedsPage): string {
  if (over) return `/consent/${encodeURIComponent(call.req.param('uid') ?? '')}`;
  if (cancelled) return '/cancelled';
  return stopped === undefined ? `/refused/${reference}` : `/stopped/${stopped}`;
}
