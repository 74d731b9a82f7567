'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { idle } from '#lib/portal/forms';
import { accept, changeAccount } from './actions.ts';

export function AcceptForm({ token }: { token: string }) {
  const [state, action] = useActionState(accept, idle);
  return (
    <form action={action}>
      <input type="hidden" name="token" value={token} />
      <FormMessage state={state} />
      <SubmitButton>Join</SubmitButton>
    </form>
  );
}

export function OtherAccountForm({ token }: { token: string }) {
  return (
    <form action={changeAccount}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton>Sign out and use another account</SubmitButton>
    </form>
  );
}
