'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { idle } from '#lib/forms';
import { takeBack } from './actions.ts';

type TakeBackFormProps = { organizationId: string; invitationId: string; email: string };

export function TakeBackForm({ organizationId, invitationId, email }: TakeBackFormProps) {
  const [state, action] = useActionState(takeBack, idle);
  return (
    <form action={action}>
      <input type="hidden" name="organizationId" value={organizationId} />
      <input type="hidden" name="invitationId" value={invitationId} />
      <FormMessage state={state} />
      <SubmitButton variant="secondary" size="small" aria-label={`Take back the invitation of ${email}`}>
        Take back
      </SubmitButton>
    </form>
  );
}
