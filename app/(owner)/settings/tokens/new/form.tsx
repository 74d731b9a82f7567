'use client';

import { useActionState } from 'react';
import { Checkbox } from '#components/checkbox';
import { Field } from '#components/field';
import { FieldGroup } from '#components/field-group';
import { FormMessage } from '#components/form-message';
import { Section } from '#components/section';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown, shownAll } from '#lib/portal/forms';
import { isPlatformScope, tokenScopes, tokenScopeTexts } from '#lib/tokens/rules';
import { create } from '../actions.ts';

type NewTokenFormProps = {
  organizations: { value: string; label: string }[];
  isOperator: boolean;
  submissionId: string;
};

const lifetimes = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: '', label: 'No expiry' },
];

export function NewTokenForm({ organizations, isOperator, submissionId }: NewTokenFormProps) {
  const [state, action] = useActionState(create, idle);
  const chosen = shownAll(state, 'scopes', ['clients:read']);
  const offered = tokenScopes.filter((scope) => isOperator || !isPlatformScope(scope));
  const typed = 'typed' in state ? state.typed : undefined;
  return (
    <form action={action} noValidate>
      <input type="hidden" name="submissionId" value={typed?.submissionId?.[0] ?? submissionId} />
      <FormMessage state={state} />
      <Section title="What it is for">
        <Stack>
          <Field
            {...shown(state, 'name')}
            label="Name"
            hint="Where you will use it, so that you know it again."
            autoComplete="off"
            required
          />
          <Select
            {...shown(state, 'organizationId', organizations[0]?.value)}
            label="Organization"
            hint="It sees this one and no other."
            options={organizations}
          />
          <Select {...shown(state, 'expiresInDays', '90')} label="Ends" options={lifetimes} />
        </Stack>
      </Section>
      <Section title="What it may do">
        <FieldGroup
          legend="Scopes"
          hint="Choose as few as it needs."
          errors={state.status === 'invalid' ? state.fields.scopes : undefined}
        >
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            {offered.map((scope) => (
              <Checkbox
                // React ignores a changed default of a checkbox: a new default needs a new element.
                key={`${scope} ${chosen.includes(scope)}`}
                name="scopes"
                value={scope}
                defaultChecked={chosen.includes(scope)}
                label={
                  <>
                    {tokenScopeTexts[scope].title} <code className="font-mono text-sm text-soft">{scope}</code>
                  </>
                }
                hint={tokenScopeTexts[scope].description}
              />
            ))}
          </div>
        </FieldGroup>
      </Section>
      <FormActions>
        <SubmitButton>Create token</SubmitButton>
      </FormActions>
    </form>
  );
}
