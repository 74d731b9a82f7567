'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { type FormState, idle } from '#lib/portal/forms';

type ConfirmFormProps = { token: string; action: (state: FormState, form: FormData) => Promise<FormState> };

export function ConfirmForm({ token, action }: ConfirmFormProps) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send}>
      <Stack>
        <FormMessage state={state} />
        <input type="hidden" name="token" value={token} />
        <div>
          <SubmitButton>Yes, it is mine</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
