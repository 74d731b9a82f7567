'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { type FormState, idle } from '#lib/portal/forms';
import { buttonClass } from './button.tsx';
import { FormMessage } from './form-message.tsx';
import { FormActions } from './stack.tsx';
import { SubmitButton } from './submit-button.tsx';

type ConfirmFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Hidden fields, such as the id of the object. */
  fields: Record<string, string>;
  yes: string;
  no: string;
  back: string;
};

/** The confirmation of an action that cannot be undone. It has its own page, so it works without JavaScript. */
export function ConfirmForm({ action, fields, yes, no, back }: ConfirmFormProps) {
  const [state, send] = useActionState(action, idle);
  return (
    <form action={send}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormMessage state={state} />
      <FormActions>
        <SubmitButton variant="danger">{yes}</SubmitButton>
        <Link href={back} className={buttonClass('secondary')}>
          {no}
        </Link>
      </FormActions>
    </form>
  );
}
