'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { addSecret } from './actions.ts';
import { Sending } from './sending.tsx';

const lifetimes = [
  { value: '', label: 'Never, until revoked' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '180', label: 'In 180 days' },
  { value: '365', label: 'In a year' },
];

export function NewSecretForm(sending: { clientId: string; submissionId: string }) {
  const [state, action] = useActionState(addSecret, idle);
  return (
    <form action={action} noValidate>
      <Sending state={state} {...sending} />
      <Stack>
        <FormMessage state={state} />
        <Field
          label="Name"
          hint="Where it will be used, such as “Server in Frankfurt”."
          autoComplete="off"
          required
          {...shown(state, 'name')}
        />
        <Select label="Ends" options={lifetimes} {...shown(state, 'expiresInDays')} />
        <FormActions>
          <SubmitButton variant="secondary">Add secret</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
