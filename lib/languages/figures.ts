import type { Texts } from './en.ts';

/** A day in UTC as its readers write it: "12 March 2026". */
export const dateIn = ({ locale }: Texts, at: Date): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);

export const numberIn = ({ locale }: Texts, number: number): string => new Intl.NumberFormat(locale).format(number);
