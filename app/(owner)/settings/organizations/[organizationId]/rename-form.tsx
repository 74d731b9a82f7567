'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { rename } from './actions.ts';

export function RenameForm({ organizationId, name }: { organizationId: string; name: string }) {
  const [state, action] = useActionState(rename, idle);
  return (
    <form action={action} noValidate className="max-w-xl">
      <input type="hidden" name="organizationId" value={organizationId} />
      <Stack>
        <FormMessage state={state} />
        <Field {...shown(state, 'name', name)} label="Name" autoComplete="off" required />
        <FormActions>
          <SubmitButton variant="secondary">Save name</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
