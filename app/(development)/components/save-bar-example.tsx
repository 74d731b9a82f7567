'use client';

import { useActionState } from 'react';
import { Field } from '#components/field';
import { SaveBar } from '#components/save-bar';
import { type FormState, idle, saved } from '#lib/portal/forms';

export function SaveBarExample() {
  const [state, send] = useActionState(async (): Promise<FormState> => saved('Saved.'), idle);
  return (
    <form action={send} aria-label="Save bar">
      <Field name="title" label="Portal title" defaultValue="Northwind Cloud Developers" />
      <SaveBar state={state}>Users see the new title at once.</SaveBar>
    </form>
  );
}
