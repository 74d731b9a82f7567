'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import type { Status } from '#lib/clients/rules';
import { idle } from '#lib/forms';
import { switchStatus } from './actions.ts';

export function SwitchForm({ clientId, status }: { clientId: string; status: Status }) {
  const [state, action] = useActionState(switchStatus.bind(null, clientId), idle);
  const active = status === 'active';
  return (
    <form action={action}>
      <Stack>
        <FormMessage state={state} />
        {status === 'suspended' ? (
          <p>The operator has suspended this app: only the operator can lift that.</p>
        ) : (
          <div>
            <input type="hidden" name="status" value={active ? 'disabled' : 'active'} />
            <SubmitButton variant={active ? 'secondary' : 'primary'}>{active ? 'Disable' : 'Enable'}</SubmitButton>
          </div>
        )}
      </Stack>
    </form>
  );
}
