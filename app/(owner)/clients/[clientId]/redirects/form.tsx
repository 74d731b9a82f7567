'use client';

import { useActionState, useState } from 'react';
import { FormMessage } from '#components/form-message';
import { Section } from '#components/section';
import { UriList } from '#components/uri-list';
import {
  callingOrigins,
  judgeAllowedOrigins,
  judgePostLogoutUris,
  judgeRedirectsOf,
  type RedirectSetting,
  redirectContext,
  suggestOrigin,
  suggestRedirectUri,
} from '#lib/clients/rules';
import { type FormAction, idle, shownAll, type Values } from '#lib/portal/forms';
import { Conflict } from '../conflict.tsx';
import { SaveActions } from '../save-actions.tsx';
import { redirectFields } from './fields.ts';

type RedirectsFormProps = {
  action: FormAction;
  clientId: string;
  version: number;
  setting: RedirectSetting;
  kept: Values;
};

/** Three lists of URIs. Each row is checked while it is typed, by the functions that the server uses. */
export function RedirectsForm({ action, clientId, version, setting, kept }: RedirectsFormProps) {
  const [state, send] = useActionState(action, idle);
  const list = (name: string) => ({
    name,
    kept: shownAll(state, name, kept[name] ?? []),
    verdicts: state.status === 'invalid' ? state.fields : undefined,
  });
  const returns = list('redirectUris');
  const [redirectUris, setRedirectUris] = useState(returns.kept);
  const context = redirectContext({ ...setting, redirectUris });
  const implied = callingOrigins({ ...setting, redirectUris, allowedOrigins: [] });
  const suggest = (raw: string) => suggestRedirectUri(raw, context);
  return (
    <form action={send} noValidate>
      <div className="mb-6 empty:hidden">
        <FormMessage state={state} />
        <Conflict state={state} fields={redirectFields} />
      </div>
      <Section title="Where users return" lead="Users return to one of these. A request must name it exactly.">
        <UriList
          legend="Redirect URIs"
          one="Redirect URI"
          placeholder="https://app.example.com/callback"
          {...returns}
          judge={(uris) => judgeRedirectsOf(setting, uris)}
          suggest={suggest}
          onList={setRedirectUris}
        />
      </Section>
      <Section title="Where users go after signing out">
        <UriList
          legend="Post-logout redirect URIs"
          one="Post-logout redirect URI"
          placeholder="https://app.example.com/goodbye"
          {...list('postLogoutRedirectUris')}
          judge={(uris) => judgePostLogoutUris(uris, { ...context, redirectUris })}
          suggest={suggest}
        />
      </Section>
      <Section
        title="Which pages may call the token endpoint"
        lead={`Only for apps that run in the browser: scheme, host and port of their pages.${implied.length > 0 ? ` If you name none, pages at ${implied.join(', ')} may call, because the redirect URIs lead there.` : ''}`}
      >
        <UriList
          legend="Allowed origins"
          one="Allowed origin"
          placeholder="https://app.example.com"
          {...list('allowedOrigins')}
          judge={(origins) => judgeAllowedOrigins(origins, { environment: setting.environment })}
          suggest={(raw) => suggestOrigin(raw, setting.environment)}
        />
      </Section>
      <SaveActions state={state} version={version} href={`/clients/${clientId}/redirects`} />
    </form>
  );
}
