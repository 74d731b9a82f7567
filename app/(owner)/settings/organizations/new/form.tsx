'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Section } from '#components/section';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { create } from './actions.ts';

export function NewOrganizationForm({ parents }: { parents: { value: string; label: string }[] }) {
  const [state, action] = useActionState(create, idle);
  return (
    <form action={action} noValidate>
      <FormMessage state={state} />
      <Section title="The organization">
        <Stack>
          <Field
            {...shown(state, 'name')}
            label="Name"
            hint="People read it as the publisher of its apps."
            autoComplete="organization"
            required
          />
          <Select
            {...shown(state, 'parentId')}
            label="Belongs to"
            optional
            options={[{ value: '', label: 'No other organization' }, ...parents]}
          />
        </Stack>
      </Section>
      <FormActions>
        <SubmitButton>Create organization</SubmitButton>
      </FormActions>
    </form>
  );
}
