'use client';

import { useActionState, useMemo, useState } from 'react';
import { ChoiceCards } from '#components/choice-cards';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Section } from '#components/section';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { UriList } from '#components/uri-list';
import {
  type ClientMetadata,
  completeMetadata,
  judgeRedirectUris,
  redirectContext,
  suggestRedirectUri,
} from '#lib/clients/rules';
import { idle, shown, withoutErrorsOf } from '#lib/portal/forms';
import { environmentWords, typeWords } from '../words.ts';
import { create } from './actions.ts';
import type { Prefill } from './prefill.ts';

type Kind = Pick<ClientMetadata, 'applicationType' | 'environment'>;
type NewClientFormProps = {
  prefill: Prefill;
  organizations: { value: string; label: string }[];
  submissionId: string;
  allowedSchemes: readonly string[];
};

const cards = (words: Record<string, { label: string; line: string }>) =>
  Object.entries(words).map(([value, word]) => ({ value, ...word }));

export function NewClientForm({ prefill, organizations, submissionId, allowedSchemes }: NewClientFormProps) {
  const [state, action] = useActionState(create, idle);
  const typed = 'typed' in state ? state.typed : undefined;
  const type = shown(state, 'applicationType', prefill.applicationType);
  const environment = shown(state, 'environment', prefill.environment);
  const [kind, setKind] = useState({
    applicationType: type.defaultValue,
    environment: environment.defaultValue,
  } as Kind);
  // Errors of URIs apply to the type and environment that were sent.
  const isOther =
    typed !== undefined &&
    (typed.applicationType?.[0] !== kind.applicationType || typed.environment?.[0] !== kind.environment);
  const current = useMemo(() => (isOther ? withoutErrorsOf(state, 'redirectUris') : state), [isOther, state]);
  const metadata = completeMetadata({ name: '', ...kind }, 'portal');
  const context = redirectContext({ ...metadata, provenance: 'portal', allowedSchemes });
  const returns = kind.applicationType !== 'machine' && kind.applicationType !== 'device';
  const follow = (event: React.FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget);
    setKind({ applicationType: form.get('applicationType'), environment: form.get('environment') } as Kind);
  };
  return (
    <form action={action} onChange={follow} noValidate>
      <input type="hidden" name="submissionId" value={typed?.submissionId?.[0] ?? submissionId} />
      <FormMessage state={current} />
      <Section title="What are you building?">
        <Stack>
          <Field
            label="Name"
            hint="What people read when the app asks them for access."
            autoComplete="off"
            required
            {...shown(state, 'name', prefill.name)}
          />
          <ChoiceCards legend="Type" cards={cards(typeWords)} {...type} />
          {metadata.grantTypes.includes('refresh_token') && (
            <p className="text-sm text-soft">
              The app gets a refresh token with each authorization and stays connected, also without the scope
              offline_access. People are told so. You can change this under Settings.
            </p>
          )}
          <ChoiceCards legend="Environment" three cards={cards(environmentWords)} {...environment} />
          {organizations.length > 1 ? (
            <Select
              label="Organization"
              options={organizations}
              {...shown(state, 'organizationId', organizations[0]?.value)}
            />
          ) : (
            <input type="hidden" name="organizationId" value={organizations[0]?.value} />
          )}
        </Stack>
      </Section>
      <div hidden={!returns}>
        <Section title="Where do users return?" lead="Optional now; needed before anybody can sign in.">
          <UriList
            legend="Redirect URIs"
            one="Redirect URI"
            name="redirectUris"
            placeholder="https://app.example.com/callback"
            kept={typed ? (typed.redirectUris ?? []) : prefill.redirectUris}
            verdicts={current.status === 'invalid' ? current.fields : undefined}
            judge={(list) => judgeRedirectUris(list, context)}
            suggest={(raw) => suggestRedirectUri(raw, context)}
          />
        </Section>
      </div>
      <FormActions>
        <SubmitButton>Create app</SubmitButton>
      </FormActions>
    </form>
  );
}
