'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { choosePassword } from './actions.ts';

export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  const [state, action] = useActionState(choosePassword, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <input type="hidden" name="token" value={token} />
        <Field name="account" label="E-mail address" defaultValue={email} autoComplete="username" readOnly />
        <Field
          {...shown(state, 'password')}
          label="New password"
          hint="At least 12 characters. Four words in a row are easy to keep in mind."
          type="password"
          autoComplete="new-password"
          required
        />
        <FormActions>
          <SubmitButton>Set password and sign in</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
