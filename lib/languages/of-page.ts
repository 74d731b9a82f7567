import { type Language, languageIn, languages } from './choose.ts';

/** How the front tells the pages which language was chosen; what a client sends under this name is overwritten. */
export const languageHeader = 'x-clientele-language';

/** Pages for everyone who is asked for consent; the developers' and the operator's pages are English. */
export const isPageInLanguages = (path: string): boolean =>
  /^\/(?:(?:public|consent|refused|stopped)\/|(?:busy|cancelled|device|sign-out)$)/.test(path);

/** The language of a page: `?lang=` where it names one of ours, else what the browser asks for. */
export function languageOfPage(target: string, acceptLanguage: string | undefined): Language {
  const [path = '', query = ''] = target.split('?', 2);
  if (!isPageInLanguages(path)) return 'en';
  return languageIn(new URLSearchParams(query).get('lang'), acceptLanguage);
}

/** The address of a page so that it is shown in that language; as it is where that is none of ours. */
export function addressIn(language: string | undefined, address: string): string {
  if (!languages.some((one) => one === language)) return address;
  const [path, query] = address.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('lang', language ?? '');
  return `${path}?${parameters}`;
}
