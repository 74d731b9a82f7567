import { wayBackTo } from '#lib/authorization-server/interaction';
import { addressIn, type Language } from '#lib/languages/index';

type Request = { uid: string; loginHint?: string | undefined };

/**
 * The URL of the sign-in page, also for somebody who is signed in, with the way back to the request. The way back is not a page, so that
 * the browser itself requests it: only the browser has the request's cookie.
 */
export const signInAgain = ({ uid, loginHint }: Request, language: Language): string => {
  const back = addressIn(language, wayBackTo(uid));
  const hint = loginHint === undefined ? '' : `&email=${encodeURIComponent(loginHint)}`;
  return `/sign-in?again=1&callbackUrl=${encodeURIComponent(back)}${hint}`;
};
