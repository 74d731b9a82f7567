import { createHash } from 'node:crypto';
import { type Language, textsIn } from '../../languages/index.ts';

/** The looks of the portal, for the one page that is not of it. */
const style = `
:root { color-scheme: light dark; --canvas: #f6f7f8; --ink: #14181c; --soft: #4f5861; --accent: #0a6a63; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f1214; --ink: #edf0f2; --soft: #a9b3bb; --accent: #5ccabe; --on-accent: #03211e } }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
form { max-width: 33rem; margin: 0 auto; padding: 3rem 1.5rem }
h1 { margin: 0; font-size: 1.875rem; line-height: 1.2; font-weight: 600 }
p { margin: .75rem 0 2rem; color: var(--soft) }
button { min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid transparent; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 500 }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`;

const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/**
 * oidc-provider's page that posts itself to the app (OAuth 2.0 Form Post Response Mode §2), as people read it who have to press its
 * button; its form and its script stay as they are, as whatever is in them is escaped.
 */
export function dressPostingPage(html: string, language: Language): string {
  const { title, text, button } = textsIn(language).posting;
  const head = `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><style>${style}</style>`;
  const shown = `<noscript><main><h1>${title}</h1><p>${text}</p><button type="submit">${button}</button></main></noscript>`;
  return html
    .replace('<html>', `<html lang="${language}">`)
    .replace('<meta http-equiv="X-UA-Compatible" content="IE=edge">', head)
    .replace('<title>Submitting Callback</title>', `<title>${title}</title>`)
    .replace(/<noscript>[\s\S]*<\/noscript>/, () => shown);
}

/** The policy of that page, for its style as well. */
export const allowStyle = (policy: string): string => `${policy}; style-src ${styleSource}`;
