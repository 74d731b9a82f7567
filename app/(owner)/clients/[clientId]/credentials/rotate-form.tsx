'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { overlapHoursDefault, overlapHoursMax } from '#lib/secrets/rules';
import { rotate } from './actions.ts';
import { Sending } from './sending.tsx';

export function RotateForm(sending: { clientId: string; submissionId: string }) {
  const [state, action] = useActionState(rotate, idle);
  return (
    <form action={action} noValidate>
      <Sending state={state} {...sending} />
      <Stack>
        <FormMessage state={state} />
        <Field
          label="Overlap in hours"
          hint={`How long existing secrets keep working: 0 (they end at once) to ${overlapHoursMax}.`}
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
