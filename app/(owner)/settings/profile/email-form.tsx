'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { askForConfirmation, saveEmail } from './actions.ts';

export function ConfirmAddressForm() {
  const [state, action] = useActionState(askForConfirmation, idle);
  return (
    <form action={action} className="mb-8">
      <Stack>
        <FormMessage state={state} />
        <p className="max-w-prose text-soft">
          We sent a link when you signed up. Until you follow it you can neither invite people nor be invited.
        </p>
        <div>
          <SubmitButton variant="secondary">Send the link again</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}

export function EmailForm({ hasPassword }: { hasPassword: boolean }) {
  const [state, action] = useActionState(saveEmail, idle);
  if (!hasPassword) return <p className="text-soft">Choose a password first; then you can change your address.</p>;
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <Field
          {...shown(state, 'email')}
          label="New address"
          hint="We send a link there. Your address changes when you follow it."
          type="email"
          autoComplete="email"
          required
        />
        <Field
          {...shown(state, 'currentPassword')}
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
        />
        <FormActions>
          <SubmitButton variant="secondary">Change address</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
