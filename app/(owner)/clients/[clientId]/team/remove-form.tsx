'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { idle } from '#lib/forms';
import { removeFromTeam } from './actions.ts';

export function RemoveForm({ clientId, userId, name }: { clientId: string; userId: string; name: string }) {
  const [state, action] = useActionState(removeFromTeam.bind(null, clientId), idle);
  return (
    <form action={action}>
      <FormMessage state={state} />
      <input type="hidden" name="userId" value={userId} />
      <SubmitButton variant="secondary" size="small">
        Remove<span className="sr-only"> {name}</span>
      </SubmitButton>
    </form>
  );
}
