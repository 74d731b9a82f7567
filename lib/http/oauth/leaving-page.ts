import { openAgainSeconds, readAnswer, sealAnswer } from '../../authorization-server/leaving.ts';
import { env } from '../../env.ts';
import { type Language, languageIn, textsIn } from '../../languages/index.ts';
import type { Call } from '../call.ts';
import { readForm } from '../form.ts';
import { requireOwnPage } from '../own-page.ts';
import { pageStyle, sourceOf } from './page-style.ts';

// The button is there as long as the code can live, without a script.
const style = `${pageStyle}main { max-width: 33rem; margin: 0 auto; padding: 3rem 1.5rem }
main form { max-width: none; margin: 0; padding: 0; animation: over 0s ${openAgainSeconds}s forwards }
@keyframes over { to { visibility: hidden } }
`;

/**
 * Where an answer leads to an app on the device, no page comes in place of the one that asked. A browser gets this one, which opens the
 * app and says what to do then; a program, which follows redirects by itself, gets the redirect (undefined here).
 */
export function leavingPage(call: Call, location: unknown): Response | undefined {
  if (typeof location !== 'string' || !URL.canParse(location) || !readsPages(call)) return undefined;
  const { protocol } = new URL(location);
  if (protocol === 'https:' || protocol === 'http:') return undefined;
  const uid = call.req.param('uid') ?? '';
  if (uid === '') return undefined;
  return show(call, { uid, kept: sealAnswer(uid, location), opens: location, scheme: protocol });
}

/** Opens the app once more by the answer that the page holds, or says that it is over. */
export async function postAgain(call: Call): Promise<Response> {
  requireOwnPage(call);
  const uid = call.req.param('uid') ?? '';
  const location = await readAnswer(uid, (await readForm(call)).answer ?? '');
  call.header('cache-control', 'no-store');
  return location === undefined ? show(call, { uid }) : call.redirect(location, 303);
}

const readsPages = (call: Call) => (call.req.header('accept') ?? '').includes('text/html');

type Shown = { uid: string; kept?: string; opens?: string; scheme?: string };

function show(call: Call, { uid, kept, opens, scheme }: Shown): Response {
  const language = languageIn(call.req.query('lang'), call.req.header('accept-language'));
  const action = `form-action 'self'${scheme === undefined ? '' : ` ${scheme}`}`;
  const policy = `default-src 'none'; style-src ${sourceOf(style)}; ${action}; base-uri 'none'; frame-ancestors 'none'`;
  call.header('location', undefined);
  call.header('content-security-policy', policy);
  call.header('cache-control', 'no-store');
  return call.html(write(language, { uid, kept, opens }));
}

function write(language: Language, { uid, kept, opens }: Omit<Shown, 'scheme'>): string {
  const { title, text, button, over } = textsIn(language).leaving;
  const refresh = opens === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escaped(opens)}">`;
  const again = `${env().appUrl}/oauth/authorize/${encodeURIComponent(uid)}/again?lang=${language}`;
  const form =
    kept === undefined
      ? `<p>${escaped(over)}</p>`
      : `<p>${escaped(text)}</p><form method="post" action="${escaped(again)}"><input type="hidden" name="answer" value="${escaped(kept)}"><button type="submit">${escaped(button)}</button></form>`;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">${refresh}<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${form}</main></body></html>`;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
