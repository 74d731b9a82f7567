'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { Notice } from '#components/notice';
import { Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import type { Status } from '#lib/clients/rules';
import { type FormAction, idle } from '#lib/forms';

export function SwitchForm({ action, status }: { action: FormAction; status: Status }) {
  const [state, send] = useActionState(action, idle);
  const active = status === 'active';
  return (
    <form action={send}>
      <Stack>
        {state.status === 'saved' && !active ? (
          <div role="status">
            <Notice tone="warn">{state.message}</Notice>
          </div>
        ) : (
          <FormMessage state={state} />
        )}
        {status === 'suspended' ? (
          <p>The operator has suspended this app: only the operator can lift that.</p>
        ) : (
          <div>
            <input type="hidden" name="status" value={active ? 'disabled' : 'active'} />
            <SubmitButton variant={active ? 'secondary' : 'primary'}>
              {active ? 'Switch off' : 'Switch on'}
            </SubmitButton>
          </div>
        )}
      </Stack>
    </form>
  );
}
