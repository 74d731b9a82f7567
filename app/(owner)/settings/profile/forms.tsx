'use client';

import { useActionState } from 'react';
import { Checkbox } from '#components/checkbox';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown, ticked } from '#lib/portal/forms';
import { askForConfirmation, askForPasswordLink, saveEmail, saveName, savePassword } from './actions.ts';

export function NameForm({ name }: { name: string }) {
  const [state, action] = useActionState(saveName, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <Field {...shown(state, 'name', name)} label="Your name" autoComplete="name" required />
        <FormActions>
          <SubmitButton variant="secondary">Save name</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}

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
