import { en, type Texts } from './en.ts';
import { it } from './it.ts';
import { pl } from './pl.ts';

/** One file for each language. Add a new language here. */
const all = { en, it, pl } satisfies Record<string, Texts>;

export type Language = keyof typeof all;

export const languages = Object.keys(all) as Language[];

export const textsIn = (language: Language): Texts => all[language];

/** The language with this name; English if there is none. */
export function readLanguage(name: string | null | undefined): Language {
  return languages.find((language) => language === name) ?? 'en';
}

/** The best of our languages for an Accept-Language header (RFC 9110 §12.5.4): by weight, then by order. English if none matches. */
export function acceptedLanguage(header: string | undefined): Language {
  const ranges = (header ?? '').slice(0, 1000).split(',').map(readRange);
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    if (language === '*') return 'en';
    const ours = languages.find((one) => one === language);
    if (ours) return ours;
  }
  return 'en';
}

/** The chosen language; if we do not have it, the best one for the browser's Accept-Language. */
export const languageIn = (chosen: string | null | undefined, acceptLanguage: string | undefined): Language =>
  languages.find((language) => language === chosen) ?? acceptedLanguage(acceptLanguage);

/** The first of our languages among the tags of `ui_locales` (OpenID Connect Core §3.1.2.1), or undefined. */
export function languageOfTags(uiLocales: unknown): Language | undefined {
  if (typeof uiLocales !== 'string') return undefined;
  const wanted = uiLocales.split(' ').map((tag) => tag.toLowerCase().split('-', 1)[0]);
  return wanted.flatMap((tag) => languages.filter((one) => one === tag))[0];
}

function readRange(text: string) {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((part) => part.startsWith('q='))?.slice(2) ?? '1';
  return {
    language: range.split('-', 1)[0] ?? '',
    weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0,
  };
}

/** A date in UTC as the language writes it: "12 March 2026". */
export const dateIn = ({ locale }: Texts, at: Date): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);

export const numberIn = ({ locale }: Texts, number: number): string => new Intl.NumberFormat(locale).format(number);

/** The header in which `lib/http/front.ts` passes the chosen language to the pages. It overwrites what a client sends. */
export const languageHeader = 'x-clientele-language';

/** Whether a page is translated: pages that ask for consent or explain an app. Pages for developers and the operator are English. */
export const isPageInLanguages = (path: string): boolean =>
  /^\/(?:(?:public|consent|refused|stopped)\/|(?:busy|cancelled|device|sign-out)$)/.test(path);

/** The language of a page: that of `?lang=` if we have it, otherwise the best one for the browser. */
export function languageOfPage(target: string, acceptLanguage: string | undefined): Language {
  const [path = '', query = ''] = target.split('?', 2);
  if (!isPageInLanguages(path)) return 'en';
  return languageIn(new URLSearchParams(query).get('lang'), acceptLanguage);
}

/** Adds `?lang=` to the address of a page. Returns the address unchanged if we do not have the language. */
export function addressIn(language: string | undefined, address: string): string {
  if (!languages.some((one) => one === language)) return address;
  const [path, query] = address.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('lang', language ?? '');
  return `${path}?${parameters}`;
}
