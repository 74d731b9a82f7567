'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { type FormState, idle, shown } from '#lib/portal/forms';
import { overlapHoursDefault, overlapHoursMax } from '#lib/secrets/rules';
import { addSecret, rotate } from './actions.ts';

const lifetimes = [
  { value: '', label: 'No expiry' },
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

type SendingProps = { state: FormState; clientId: string; submissionId: string };

/** Hidden fields of every form here; the same form sent twice creates one secret. */
export function Sending({ state, clientId, submissionId }: SendingProps) {
  const typed = 'typed' in state ? state.typed : undefined;
  return (
    <>
      <input type="hidden" name="clientId" value={clientId} />
      <input type="hidden" name="submissionId" value={typed?.submissionId?.[0] ?? submissionId} />
    </>
  );
}

export function RotateForm(sending: { clientId: string; submissionId: string }) {
  const [state, action] = useActionState(rotate, idle);
  return (
    <form action={action} noValidate>
      <Sending state={state} {...sending} />
      <Stack>
        <FormMessage state={state} />
        <Field
          label="Keep the old secret for (hours)"
          hint={`0 (existing secrets end at once) to ${overlapHoursMax}.`}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-32"
          {...shown(state, 'overlap', String(overlapHoursDefault))}
        />
        <FormActions>
          <SubmitButton>Rotate</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
