'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Notice } from '#components/notice';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import type { Status } from '#lib/clients/rules';
import { type FormAction, idle, shown } from '#lib/portal/forms';

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
