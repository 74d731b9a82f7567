'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { askForLink } from './actions.ts';

export function ForgotPasswordForm() {
  const [state, action] = useActionState(askForLink, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <Field {...shown(state, 'email')} label="E-mail address" type="email" autoComplete="username" required />
        <FormActions>
          <SubmitButton>Send the link</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
