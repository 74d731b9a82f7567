'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { RadioCards } from '#components/radio-cards';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { invite } from './actions.ts';

type InviteFormProps = {
  organizationId: string;
  roles: { value: string; title: string; description: string }[];
};

export function InviteForm({ organizationId, roles }: InviteFormProps) {
  const [state, action] = useActionState(invite, idle);
  const cards = roles.map(({ value, title, description }) => ({ value, label: title, line: description }));
  return (
    <form action={action} noValidate>
      <input type="hidden" name="organizationId" value={organizationId} />
      <Stack>
        <FormMessage state={state} />
        <div className="max-w-xl">
          <Field {...shown(state, 'email')} label="E-mail address" type="email" autoComplete="off" required />
        </div>
        <RadioCards {...shown(state, 'role', 'developer')} legend="Role" cards={cards} />
        <FormActions>
          <SubmitButton variant="secondary">Invite</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}
