'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { type FormAction, idle } from '#lib/forms';

export function RemoveForm({ action, userId, name }: { action: FormAction; userId: string; name: string }) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send}>
      <FormMessage state={state} />
      <input type="hidden" name="userId" value={userId} />
      <SubmitButton variant="secondary" size="small">
        Remove<span className="sr-only"> {name}</span>
      </SubmitButton>
    </form>
  );
}
