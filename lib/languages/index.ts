export {
  acceptedLanguage,
  addressIn,
  dateIn,
  isPageInLanguages,
  type Language,
  languageHeader,
  languageIn,
  languageOfPage,
  languageOfTags,
  languages,
  numberIn,
  readLanguage,
  textsIn,
} from './choose.ts';
export type { Texts } from './en.ts';
