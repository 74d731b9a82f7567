'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { idle } from '#lib/portal/forms';
import { endOne, endOthers } from './actions.ts';

export function EndSessionForm({ sessionId, browser }: { sessionId: string; browser: string }) {
  const [state, action] = useActionState(endOne, idle);
  return (
    <form action={action}>
      <FormMessage state={state} />
      <input type="hidden" name="sessionId" value={sessionId} />
      <SubmitButton variant="secondary" size="small" aria-label={`End the session of ${browser}`}>
        End
      </SubmitButton>
    </form>
  );
}

export function EndOthersForm() {
  const [state, action] = useActionState(endOthers, idle);
  return (
    <form action={action}>
      <FormMessage state={state} />
      <SubmitButton variant="secondary">Sign out everywhere else</SubmitButton>
    </form>
  );
}
