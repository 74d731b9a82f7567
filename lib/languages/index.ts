export {
  acceptedLanguage,
  type Language,
  languageIn,
  languageOfTags,
  languages,
  readLanguage,
  textsIn,
} from './choose.ts';
export type { Texts } from './en.ts';
export { dateIn, numberIn } from './figures.ts';
export { addressIn, isPageInLanguages, languageHeader, languageOfPage } from './of-page.ts';
