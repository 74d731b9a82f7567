'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { join } from './actions.ts';

export function SignUpForm({ callbackUrl }: { callbackUrl: string }) {
  const [state, action] = useActionState(join, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <Field
          {...shown(state, 'name')}
          label="Your name"
          hint="People see it as the publisher of your apps."
          autoComplete="name"
          optional
        />
        <Field {...shown(state, 'email')} label="E-mail address" type="email" autoComplete="username" required />
        <Field
          {...shown(state, 'password')}
          label="Password"
          hint="At least 12 characters. Four words in a row are easy to keep in mind."
          type="password"
          autoComplete="new-password"
          required
        />
        <FormActions>
          <SubmitButton>Create account</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
