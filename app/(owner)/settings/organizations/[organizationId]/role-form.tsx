'use client';

import { useActionState } from 'react';
import { FormMessage } from '#components/form-message';
import { Select } from '#components/select';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { changeRole } from './actions.ts';

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
