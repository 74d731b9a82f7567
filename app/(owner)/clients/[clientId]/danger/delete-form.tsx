'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { deleteClient } from './actions.ts';

export function DeleteForm({ clientId, name }: { clientId: string; name: string }) {
  const [state, action] = useActionState(deleteClient.bind(null, clientId), idle);
  return (
    <form action={action} noValidate>
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
