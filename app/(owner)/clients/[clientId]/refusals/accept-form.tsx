'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { SubmitButton } from '#components/submit-button';
import { type FormAction, idle } from '#lib/portal/forms';

/** One click registers the refused value, if the rule book accepts it. */
export function AcceptForm({ action, reference, uri }: { action: FormAction; reference: string; uri: string }) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send} className="mt-4 space-y-3">
      <FormMessage state={state} />
      {state.status === 'invalid' && (
        <ul className="text-sm text-danger [overflow-wrap:anywhere]">
          {Object.values(state.fields)
            .flat()
            .map((text) => (
              <li key={text}>{text}</li>
            ))}
        </ul>
      )}
      <input type="hidden" name="reference" value={reference} />
      <SubmitButton variant="secondary" size="small">
        Add this redirect URI<span className="sr-only"> {uri}</span>
      </SubmitButton>
    </form>
  );
}
