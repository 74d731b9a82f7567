'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/portal/forms';
import { changeProduct } from '../../actions.ts';

type RenameProductFormProps = { organizationId: string; productId: string; name: string };

export function RenameProductForm({ organizationId, productId, name }: RenameProductFormProps) {
  const [state, action] = useActionState(changeProduct, idle);
  return (
    <form action={action} noValidate>
      <input type="hidden" name="organizationId" value={organizationId} />
      <input type="hidden" name="productId" value={productId} />
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
