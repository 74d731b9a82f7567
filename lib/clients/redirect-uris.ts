import type { Issue } from '#lib/errors';
import { refusal } from './issue.ts';
import { judgeRedirectUri, type RedirectContext } from './redirect-uri.ts';

export const redirectUriMax = 20;

type ListContext = RedirectContext & {
  /** The domain's name of the list; post-logout redirect URIs pass the same rules (R15). */
  field?: string;
  max?: number;
  /** Rule R13: a grant that redirects is used. */
  required?: boolean;
};

/** Rules R1–R13 on a whole list; one refused URI refuses the list, and its index is in the field (rule R17). */
export function judgeRedirectUris(list: readonly string[], context: ListContext): Issue[] {
  const { field = 'redirectUris', max = redirectUriMax, required = false } = context;
  if (required && list.length === 0) {
    return [refusal(field, 'R13', 'Register at least one redirect URI: the authorization code is sent there.')];
  }
  if (list.length > max) return [refusal(field, 'R3', `Register at most ${max} URIs.`)];
  return list.flatMap((raw, index) => {
    const first = list.indexOf(raw);
    if (first < index) return [refusal(`${field}.${index}`, 'R3', `Remove it: it repeats number ${first + 1}.`)];
    return judgeRedirectUri(raw, context, `${field}.${index}`);
  });
}
