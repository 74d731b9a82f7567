import { type Language, textsIn } from '../../languages/index.ts';
import { pageStyle, sourceOf } from './page-style.ts';

/**
 * oidc-provider's page that posts itself to the app (OAuth 2.0 Form Post Response Mode §2), as people read it who have to press its
 * button; its form and its script stay as they are, as whatever is in them is escaped.
 */
export function dressPostingPage(html: string, language: Language): string {
  const { title, text, button } = textsIn(language).posting;
  const head = `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><style>${pageStyle}</style>`;
  const shown = `<noscript><main><h1>${title}</h1><p>${text}</p><button type="submit">${button}</button></main></noscript>`;
  return html
    .replace('<html>', `<html lang="${language}">`)
    .replace('<meta http-equiv="X-UA-Compatible" content="IE=edge">', head)
    .replace('<title>Submitting Callback</title>', `<title>${title}</title>`)
    .replace(/<noscript>[\s\S]*<\/noscript>/, () => shown);
}

/** The policy of that page, for its style as well. */
export const allowStyle = (policy: string): string => `${policy}; style-src ${sourceOf(pageStyle)}`;
