'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { type FormAction, idle, shown } from '#lib/forms';

export function DeleteForm({ action, name }: { action: FormAction; name: string }) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send} noValidate>
      <Stack>
        <FormMessage state={state} />
        <Field
          label={
            <>
              Type <bdi className="rounded bg-sunken px-1.5 py-0.5 font-semibold [overflow-wrap:anywhere]">{name}</bdi>{' '}
              to delete it
            </>
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          {...shown(state, 'name')}
        />
        <FormActions>
          <SubmitButton variant="danger">Delete this app</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
