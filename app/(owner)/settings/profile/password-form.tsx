'use client';

import { useActionState } from 'react';
import { Checkbox } from '#components/checkbox';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown, ticked } from '#lib/forms';
import { askForPasswordLink, savePassword } from './actions.ts';

export function PasswordForm({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  return hasPassword ? <ChangePassword email={email} /> : <FirstPassword />;
}

function ChangePassword({ email }: { email: string }) {
  const [state, action] = useActionState(savePassword, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <input type="text" name="account" defaultValue={email} autoComplete="username" readOnly hidden />
        <Field
          {...shown(state, 'currentPassword')}
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Field
          {...shown(state, 'newPassword')}
          label="New password"
          hint="At least 12 characters. Four words in a row are easy to keep in mind."
          type="password"
          autoComplete="new-password"
          required
        />
        <Checkbox
          {...ticked(state, 'everywhere', false)}
          label="Sign out everywhere, apps too"
          hint="Every other browser is signed out in any case. This also ends the access that apps have now; they can ask for it again. API tokens stay: revoke them under API tokens."
        />
        <FormActions>
          <SubmitButton variant="secondary">Change password</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}

function FirstPassword() {
  const [state, action] = useActionState(askForPasswordLink, idle);
  return (
    <form action={action}>
      <Stack>
        <FormMessage state={state} />
        <p className="max-w-prose text-soft">You sign in through another service and have no password here.</p>
        <div>
          <SubmitButton variant="secondary">Mail me a link to choose one</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
