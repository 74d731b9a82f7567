'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { idle } from '#lib/portal/forms';
import { takeBack } from './actions.ts';

type TakeBackFormProps = { grantId: string; clientId: string; scopes: readonly string[]; title: string };

/** Revokes one scope of a grant. */
export function TakeBackForm({ grantId, clientId, scopes, title }: TakeBackFormProps) {
  const [state, action] = useActionState(takeBack, idle);
  return (
    <form action={action} className="shrink-0">
      <FormMessage state={state} />
      <input type="hidden" name="grantId" value={grantId} />
      <input type="hidden" name="clientId" value={clientId} />
      {scopes.map((scope) => (
        <input key={scope} type="hidden" name="scopes" value={scope} />
      ))}
      <SubmitButton variant="secondary" size="small" aria-label={`Take back: ${title}`}>
        Take back
      </SubmitButton>
    </form>
  );
}
