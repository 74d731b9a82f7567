'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { linkIdentity } from '../upstream-actions.ts';

export function LinkForm({ email }: { email: string }) {
  const [state, action] = useActionState(linkIdentity, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <input type="text" name="account" defaultValue={email} autoComplete="username" readOnly hidden />
        <Field
          {...shown(state, 'password')}
          label="Password"
          type="password"
          autoComplete="current-password"
          required
        />
        <FormActions>
          <SubmitButton>Sign in and connect</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
