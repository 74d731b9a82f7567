'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { FormMessage } from '#components/form-message';
import { FormActions, Stack } from '#components/stack';
import { SubmitButton } from '#components/submit-button';
import { idle, shown } from '#lib/forms';
import { addProduct } from './actions.ts';

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
