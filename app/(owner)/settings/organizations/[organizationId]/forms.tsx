'use client';

import { useActionState } from 'react';
import { ChoiceCards } from '#components/choice-cards';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { Select } from '#components/select';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { addProduct, changeRole, invite, rename, takeBack } from './actions.ts';

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
        <ChoiceCards {...shown(state, 'role', 'developer')} legend="Role" cards={cards} />
        <FormActions>
          <SubmitButton variant="secondary">Invite</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}

export function NewProductForm({ organizationId }: { organizationId: string }) {
  const [state, action] = useActionState(addProduct, idle);
  return (
    <form action={action} noValidate className="max-w-xl">
      <input type="hidden" name="organizationId" value={organizationId} />
      <Stack>
        <FormMessage state={state} />
        <Field {...shown(state, 'name')} label="Name of the new product" autoComplete="off" required />
        <Field
          {...shown(state, 'slug')}
          label="Slug"
          hint="Small letters, digits and hyphens. Without one it is made from the name."
          autoComplete="off"
          autoCapitalize="none"
          optional
        />
        <FormActions>
          <SubmitButton variant="secondary">Add product</SubmitButton>
        </FormActions>
      </Stack>
    </form>
  );
}

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

type RoleFormProps = {
  organizationId: string;
  userId: string;
  name: string;
  role: string;
  options: { value: string; label: string }[];
};

export function RoleForm({ organizationId, userId, name, role, options }: RoleFormProps) {
  const [state, action] = useActionState(changeRole, idle);
  return (
    <form action={action}>
      <input type="hidden" name="organizationId" value={organizationId} />
      <input type="hidden" name="userId" value={userId} />
      <FormMessage state={state} />
      <div className="flex items-center gap-2">
        <Select {...shown(state, 'role', role)} label={`Role of ${name}`} hideLabel options={options} />
        <SubmitButton variant="secondary" aria-label={`Save the role of ${name}`}>
          Save
        </SubmitButton>
      </div>
    </form>
  );
}

type TakeBackFormProps = { organizationId: string; invitationId: string; email: string };

export function TakeBackForm({ organizationId, invitationId, email }: TakeBackFormProps) {
  const [state, action] = useActionState(takeBack, idle);
  return (
    <form action={action}>
      <input type="hidden" name="organizationId" value={organizationId} />
      <input type="hidden" name="invitationId" value={invitationId} />
      <FormMessage state={state} />
      <SubmitButton variant="secondary" size="small" aria-label={`Take back the invitation of ${email}`}>
        Take back
      </SubmitButton>
    </form>
  );
}
