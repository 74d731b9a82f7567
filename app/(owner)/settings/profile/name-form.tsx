'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { saveName } from './actions.ts';

export function NameForm({ name }: { name: string }) {
  const [state, action] = useActionState(saveName, idle);
  return (
    <form action={action} noValidate>
      <Stack>
        <FormMessage state={state} />
        <Field {...shown(state, 'name', name)} label="Your name" autoComplete="name" required />
        <FormActions>
          <SubmitButton variant="secondary">Save name</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
