import { wayBackTo } from '#lib/authorization-server/interaction';
import { addressIn, type Language } from '#lib/languages/index';

type Request = { uid: string; loginHint?: string | undefined };

/**
 * Where a person signs in, also when somebody is signed in, and comes back to the request: by an address that no router of pages follows,
 * because only the browser itself has the cookie of the request.
 */
export const signInAgain = ({ uid, loginHint }: Request, language: Language): string => {
  const back = addressIn(language, wayBackTo(uid));
  const hint = loginHint === undefined ? '' : `&email=${encodeURIComponent(loginHint)}`;
  return `/sign-in?again=1&callbackUrl=${encodeURIComponent(back)}${hint}`;
};
