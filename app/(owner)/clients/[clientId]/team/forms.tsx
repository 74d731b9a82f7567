'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { type FormAction, idle, shown } from '#lib/portal/forms';

type AddFormProps = { action: FormAction; people: { value: string; label: string }[] };

export function AddForm({ action, people }: AddFormProps) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send}>
      <Stack>
        <FormMessage state={state} />
        {people.length === 0 ? (
          <p>
            No other developer is in the organization.{' '}
            <Link href="/settings/organizations" className="link">
              Invite somebody
            </Link>
          </p>
        ) : (
          <>
            <Select label="Developer" options={people} {...shown(state, 'userId', people[0]?.value)} />
            <FormActions>
              <SubmitButton>Add</SubmitButton>
            </FormActions>
          </>
        )}
      </Stack>
    </form>
  );
}

export function RemoveForm({ action, userId, name }: { action: FormAction; userId: string; name: string }) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send}>
      <FormMessage state={state} />
      <input type="hidden" name="userId" value={userId} />
      <SubmitButton variant="secondary" size="small">
        Remove<span className="sr-only"> {name}</span>
      </SubmitButton>
    </form>
  );
}
