'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { enter } from './actions.ts';

export function SignInForm({ callbackUrl, email }: { callbackUrl: string; email: string }) {
  const [state, action] = useActionState(enter, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <Field {...shown(state, 'email', email)} label="E-mail address" type="email" autoComplete="username" required />
        <Field
          {...shown(state, 'password')}
          label="Password"
          type="password"
          autoComplete="current-password"
          required
        />
        <FormActions>
          <SubmitButton>Sign in</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
