import { createHash } from 'node:crypto';
import {
  type Answered,
  openAgainSeconds,
  readAnswer,
  sealAnswer,
} from '#lib/authorization-server/interaction/kept-interactions';
import type { Person } from '#lib/kernel/actor';
import { env } from '#lib/kernel/env';
import { type Language, languageIn, textsIn } from '#lib/languages/index';
import type { Call } from '../api.ts';
import { personOf } from '../person.ts';

/** The portal's style, for pages that are not served by Next. */
export const pageStyle = `
:root { color-scheme: light dark; --canvas: #f6f7f8; --ink: #14181c; --soft: #4f5861; --accent: #0a6a63; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f1214; --ink: #edf0f2; --soft: #a9b3bb; --accent: #5ccabe; --on-accent: #03211e } }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
form { max-width: 33rem; margin: 0 auto; padding: 3rem 1.5rem }
h1 { margin: 0; font-size: 1.875rem; line-height: 1.2; font-weight: 600 }
p { margin: .75rem 0 2rem; color: var(--soft) }
button, a { display: inline-flex; align-items: center; box-sizing: border-box; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid transparent; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 500; text-decoration: none }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`;

/** The Content-Security-Policy source that allows exactly this style. */
export const sourceOf = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

// Without a script: shows the link while the authorization code is valid, then a text that explains what to do.
const style = `${pageStyle}main { max-width: 33rem; margin: 0 auto; padding: 3rem 1.5rem }
main > div { display: grid }
main > div > * { grid-area: 1 / 1 }
.now { animation: hide 0s ${openAgainSeconds}s forwards }
.over { visibility: hidden; animation: show 0s ${openAgainSeconds}s forwards }
@keyframes hide { to { visibility: hidden } }
@keyframes show { to { visibility: visible } }
`;

/** Many proxies refuse longer URLs. */
const answerLengthMax = 8000;

/**
 * The page for a redirect URI with a private scheme. After such a redirect the browser would open the app and still show the previous page,
 * so instead it gets a page that opens the app and explains what to do next. Returns undefined for any other redirect URI, and for a program.
 */
export function leavingPage(call: Call, person: Person | undefined, location: unknown): Response | undefined {
  if (typeof location !== 'string' || !URL.canParse(location) || !readsPages(call)) return undefined;
  const { protocol } = new URL(location);
  if (protocol === 'https:' || protocol === 'http:') return undefined;
  const answered = answeredBy(call, person);
  if (answered.uid === '') return undefined;
  const kept = sealAnswer(answered, location);
  return show(call, {
    opens: location,
    ...(kept.length <= answerLengthMax && { again: linkTo(call, answered, kept) }),
  });
}

/** Opens the app again with the sealed answer in the link, or shows that the link has expired. */
export async function openAgain(call: Call): Promise<Response> {
  const answered = answeredBy(call, await personOf(call));
  const location = await readAnswer(answered, call.req.query('answer') ?? '');
  call.header('cache-control', 'no-store');
  return location === undefined ? show(call) : call.redirect(location, 303);
}

const readsPages = (call: Call) => (call.req.header('accept') ?? '').includes('text/html');

const answeredBy = (call: Call, person: Person | undefined): Answered => ({
  uid: call.req.param('uid') ?? '',
  sessionId: person?.sessionId,
});

const languageOf = (call: Call) => languageIn(call.req.query('lang'), call.req.header('accept-language'));

const linkTo = (call: Call, { uid }: Answered, answer: string) =>
  `${env().appUrl}/oauth/authorize/${encodeURIComponent(uid)}/again?${new URLSearchParams({ lang: languageOf(call), answer })}`;

type Shown = { again?: string; opens?: string };

function show(call: Call, shown: Shown = {}): Response {
  const policy = `default-src 'none'; style-src ${sourceOf(style)}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;
  call.header('location', undefined);
  call.header('content-security-policy', policy);
  call.header('cache-control', 'no-store');
  return call.html(write(languageOf(call), shown));
}

function write(language: Language, { again, opens }: Shown): string {
  const { title, text, button, over } = textsIn(language).leaving;
  const refresh = opens === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escaped(opens)}">`;
  const rest =
    again === undefined
      ? `<p>${escaped(over)}</p>`
      : `<div><div class="now"><p>${escaped(text)}</p><a href="${escaped(again)}">${escaped(button)}</a></div><p class="over">${escaped(over)}</p></div>`;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">${refresh}<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${rest}</main></body></html>`;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Adds texts, language and style to oidc-provider's page that posts the answer to the app (OAuth 2.0 Form Post Response Mode §2), for
 * browsers without scripts. Its form and script stay unchanged: oidc-provider has escaped their values.
 */
export function stylePostingPage(html: string, language: Language): string {
  const { title, text, button } = textsIn(language).posting;
  const head = `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><style>${pageStyle}</style>`;
  const shown = `<noscript><main><h1>${title}</h1><p>${text}</p><button type="submit">${button}</button></main></noscript>`;
  return html
    .replace('<html>', `<html lang="${language}">`)
    .replace('<meta http-equiv="X-UA-Compatible" content="IE=edge">', head)
    .replace('<title>Submitting Callback</title>', `<title>${title}</title>`)
    .replace(/<noscript>[\s\S]*<\/noscript>/, () => shown);
}

/** Adds the style of the posting page to its Content-Security-Policy. */
export const allowStyle = (policy: string): string => `${policy}; style-src ${sourceOf(pageStyle)}`;
